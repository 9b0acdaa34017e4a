package io.weir.demo.payments;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PaymentGeneratorTest {
  private static final int COUNT = 30_000;
  private static List<CardPayment> payments;

  @BeforeAll
  static void generate() {
    payments = generate(7, COUNT);
  }

  @Test
  void theSameSeedGivesTheSamePayments() {
    assertThat(generate(7, 5_000)).isEqualTo(payments.subList(0, 5_000));
  }

  @Test
  void anotherSeedGivesOtherPayments() {
    assertThat(generate(8, 100)).isNotEqualTo(payments.subList(0, 100));
  }

  @Test
  void paymentsComeNumberedAndInTheOrderOfTime() {
    assertThat(payments).isSortedAccordingTo(Comparator.comparingLong(CardPayment::time));
    assertThat(payments.getFirst().id()).isZero();
    assertThat(payments.getLast().id()).isEqualTo(COUNT - 1);
  }

  @Test
  void everyFraudPatternHappensAndAllOfThemAreRare() {
    Map<String, Long> byPattern =
        payments.stream()
            .filter(p -> p.fraud() != null)
            .collect(groupingBy(CardPayment::fraud, counting()));

    assertThat(byPattern.keySet())
        .containsExactlyInAnyOrderElementsOf(
            FraudPattern.ALL.stream().map(FraudPattern::title).toList());
    assertThat(byPattern.values().stream().mapToLong(n -> n).sum() / (double) COUNT)
        .isBetween(0.005, 0.03);
  }

  @Test
  void customersPayByDayRatherThanByNight() {
    Map<Integer, Long> byHour =
        payments.stream()
            .collect(
                groupingBy(
                    p -> Instant.ofEpochMilli(p.time()).atOffset(ZoneOffset.UTC).getHour(),
                    counting()));

    assertThat(byHour.get(15)).isGreaterThan(3 * byHour.get(3));
  }

  @Test
  void featuresStayInTheirRanges() {
    assertThat(payments)
        .allSatisfy(
            p -> {
              assertThat(p.amount()).isPositive();
              assertThat(p.amountToUsual()).isPositive();
              assertThat(p.spentToUsual()).isPositive();
              assertThat(p.secondsSinceLast()).isPositive();
              assertThat(p.merchantsLastHour()).isBetween(1, p.paymentsLastHour());
              assertThat(p.paymentsLastHour()).isLessThanOrEqualTo(p.paymentsLastDay());
              assertThat(p.categoryHabit()).isBetween(0.0, 1.0);
              assertThat(p.hourHabit()).isBetween(0.0, 1.0);
              assertThat(p.deviceAgeDays() != null).isEqualTo(p.channel().equals("online"));
            });
  }

  /// The best cut on any one column finds half of the fraud only together with as many or more
  /// customers' own payments.
  @Test
  void noSingleColumnTellsFraudFromNormal() {
    List<ToDoubleFunction<CardPayment>> columns =
        List.of(
            CardPayment::amount,
            CardPayment::amountToUsual,
            CardPayment::secondsSinceLast,
            CardPayment::paymentsLastHour,
            CardPayment::paymentsLastDay,
            CardPayment::merchantsLastHour,
            CardPayment::spentToUsual,
            CardPayment::kmFromHome,
            CardPayment::kmPerHour,
            CardPayment::categoryHabit,
            CardPayment::hourHabit,
            CardPayment::newMerchantsLastDay,
            CardPayment::declinedLastDay,
            p -> p.deviceAgeDays() == null ? 250 : p.deviceAgeDays());
    for (ToDoubleFunction<CardPayment> column : columns) {
      assertThat(precisionAtHalfRecall(column)).isLessThan(0.5);
      assertThat(precisionAtHalfRecall(p -> -column.applyAsDouble(p))).isLessThan(0.5);
    }
  }

  private static double precisionAtHalfRecall(ToDoubleFunction<CardPayment> column) {
    double[] fraud =
        payments.stream().filter(p -> p.fraud() != null).mapToDouble(column).sorted().toArray();
    double cut = fraud[fraud.length / 2];
    long above = payments.stream().filter(p -> column.applyAsDouble(p) >= cut).count();
    long frauds = java.util.Arrays.stream(fraud).filter(v -> v >= cut).count();
    return frauds / (double) above;
  }

  private static List<CardPayment> generate(long seed, int count) {
    PaymentGenerator generator = new PaymentGenerator(seed);
    List<CardPayment> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(generator.next());
    }
    return all;
  }
}
