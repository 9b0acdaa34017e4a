package io.weir.schemas.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.weir.schemas.card.ModelCard.ScoreDistribution;
import io.weir.schemas.card.ModelCard.Threshold;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThresholdsTest {
  private static final ScoreTail TAIL =
      new ScoreTail(1.5, 50, 0, 0.5, "maximum_likelihood", 0.6, null);
  private static final ScoreTail REFUSED =
      new ScoreTail(1.5, 50, 0, 0.5, "maximum_likelihood", 0.01, "it does not fit");

  private static Thresholds of(ScoreTail tail, double eventsPerDay) {
    ScoreDistribution rows = Cards.scores();
    return new Thresholds(
        new ScoreDistribution(
            rows.count(), rows.mean(), rows.standardDeviation(), rows.quantiles(), tail),
        List.of(new Threshold("quantile:0.999", 2.5)),
        eventsPerDay > 0 ? OptionalDouble.of(eventsPerDay) : OptionalDouble.empty());
  }

  private static ResolvedThreshold resolve(Thresholds thresholds, String policy) throws Exception {
    return thresholds.resolve(ThresholdPolicy.parse(policy));
  }

  @Test
  void theTailGivesThresholdsBeyondTheRows() throws Exception {
    ResolvedThreshold resolved = resolve(of(TAIL, 0), "tail:1e-5");
    assertThat(resolved.threshold().policy()).isEqualTo("tail:0.00001");
    assertThat(resolved.threshold().value())
        .isCloseTo(1.5 + 0.5 * Math.log(0.05 / 1e-5), within(1e-9));
    assertThat(resolved.note()).isEmpty();
  }

  @Test
  void aBudgetIsAShareOfTheEventsOfADay() throws Exception {
    assertThat(resolve(of(TAIL, 2e6), "budget:20/day").threshold())
        .isEqualTo(
            new Threshold("budget:20/day", resolve(of(TAIL, 0), "tail:1e-5").threshold().value()));
  }

  @Test
  void inTheBodyTailAndBudgetAreTheQuantile() throws Exception {
    assertThat(resolve(of(TAIL, 0), "tail:0.1").threshold().value()).isEqualTo(1);
    assertThat(resolve(of(TAIL, 100), "budget:10/day").threshold().value()).isEqualTo(1);
  }

  @Test
  void aQuantileIsThatOfTheRowsAlsoWhereThereIsATail() throws Exception {
    assertThat(resolve(of(TAIL, 0), "quantile:0.99").threshold().value()).isEqualTo(2);
  }

  @Test
  void withoutAUsableTailTheRowsAnswerAndItIsSaid() throws Exception {
    ResolvedThreshold resolved = resolve(of(REFUSED, 0), "tail:0.01");
    assertThat(resolved.threshold().value()).isEqualTo(2);
    assertThat(resolved.note().orElseThrow())
        .contains("tail:0.01")
        .contains("1000 validation rows")
        .contains("it does not fit");
    assertThat(resolve(of(null, 0), "tail:0.01").note().orElseThrow())
        .contains("the card has none");
  }

  @ParameterizedTest
  @CsvSource({
    "tail:1e-4, one event in 10000; 1000 rows; it does not fit; value:X",
    "quantile:0.9999, one event in 10000; 1000 rows; tail:P; value:X",
  })
  void whatTheRowsCannotTellIsRefusedWithACure(String policy, String parts) {
    assertThatThrownBy(() -> resolve(of(REFUSED, 0), policy))
        .isInstanceOf(UnresolvableThresholdException.class)
        .hasMessageContainingAll(parts.split("; "));
  }

  @Test
  void theTailIsTrustedSoFarOnly() throws Exception {
    assertThat(resolve(of(TAIL, 0), "tail:1e-5").threshold().value()).isPositive();
    assertThatThrownBy(() -> resolve(of(TAIL, 0), "tail:9e-6"))
        .hasMessageContainingAll("one event in 111111", "1000 rows", "one in 100000");
  }

  @Test
  void aBudgetNeedsToKnowTheEventsOfADay() {
    assertThatThrownBy(() -> resolve(of(TAIL, 0), "budget:20/day"))
        .hasMessageContainingAll("budget:20/day", "weir.events.per.day");
    assertThatThrownBy(() -> resolve(of(TAIL, 15), "budget:20/day"))
        .hasMessageContainingAll("budget:20/day", "15.0 a day");
  }

  @Test
  void withoutScoresOnlyAValueCanBeHad() throws Exception {
    Thresholds bare = new Thresholds(null, List.of(), OptionalDouble.of(1e6));
    assertThat(resolve(bare, "value:3").threshold().value()).isEqualTo(3);
    for (String policy : List.of("card", "quantile:0.9", "tail:0.1", "budget:20/day")) {
      assertThatThrownBy(() -> resolve(bare, policy)).as(policy).hasMessageContaining("value:X");
    }
  }
}
