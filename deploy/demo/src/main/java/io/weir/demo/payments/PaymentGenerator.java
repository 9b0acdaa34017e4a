package io.weir.demo.payments;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// An endless stream of card payments in the order of time, with a share of fraud.
///
/// The first [#WARM_UP] are lived through before the first is given out, so that every card has a
/// history. Not for several threads.
public final class PaymentGenerator {
  /// Payments made before the stream begins.
  static final int WARM_UP = 60_000;

  private static final int CUSTOMERS = 600;
  private static final double CASES_PER_PAYMENT = 0.0032;
  private static final double[] FREQUENCIES =
      FraudPattern.ALL.stream().mapToDouble(FraudPattern::frequency).toArray();
  private static final double FREQUENCY_SUM = Arrays.stream(FREQUENCIES).sum();
  private static final long DAY = 86_400_000L;
  private static final long MINUTE = 60_000L;

  private final RandomGenerator random;
  private final List<Customer> customers = new ArrayList<>();
  private final double[] activity = new double[CUSTOMERS];
  private final double activitySum;
  private final PriorityQueue<Payment> planned =
      new PriorityQueue<>(Comparator.comparingLong(Payment::time));
  private long clock = Instant.parse("2025-01-06T00:00:00Z").toEpochMilli();
  private long count = -WARM_UP;

  /// @param seed the same seed gives the same payments on every machine
  public PaymentGenerator(long seed) {
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    double sum = 0;
    for (int i = 0; i < CUSTOMERS; i++) {
      Customer customer = new Customer(i, clock, random);
      customers.add(customer);
      activity[i] = customer.activity;
      sum += customer.activity;
    }
    activitySum = sum;
    for (int i = 0; i < WARM_UP; i++) {
      next();
    }
  }

  /// The next payment, numbered from 0.
  public CardPayment next() {
    while (true) {
      while (planned.isEmpty() || planned.peek().time() > clock) {
        advance();
      }
      Payment payment = planned.remove();
      if (!payment.customer().blocked(payment.time())) {
        return payment.customer().history.observe(count++, payment);
      }
    }
  }

  /// Moves on to the next moment when a customer pays of their own accord.
  private void advance() {
    clock += (long) Draw.exponential(DAY / (3.6 * activitySum), random);
    OffsetDateTime now = Instant.ofEpochMilli(clock).atOffset(ZoneOffset.UTC);
    Customer customer = customers.get(Draw.index(activity, activitySum, random));
    if (random.nextDouble() > weekday(now) * customer.liveliness(now.getHour())) {
      return;
    }
    customer.live(clock, random);
    if (customer.travels(clock)) {
      return;
    }
    MerchantCategory category = customer.choose(now.getHour(), random);
    Payment payment = pay(customer, category, merchant(), clock);
    planned.add(payment);
    followUps(payment);
    if (random.nextDouble() < CASES_PER_PAYMENT) {
      FraudPattern pattern = FraudPattern.ALL.get(Draw.index(FREQUENCIES, FREQUENCY_SUM, random));
      Customer victim = customers.get(random.nextInt(CUSTOMERS));
      long start = clock + (long) (random.nextDouble() * DAY);
      List<Payment> strike = pattern.strike(victim, start, random);
      victim.block(strike.getLast().time());
      planned.addAll(strike);
    }
  }

  /// Many purchases come in company: the next shop of the street, the next level of the game, the
  /// bus back.
  private void followUps(Payment first) {
    Customer customer = first.customer();
    MerchantCategory category = first.category();
    long time = clock;
    double chance = category == MerchantCategory.DIGITAL_GOODS ? 0.35 : 0.2;
    while (random.nextDouble() < chance) {
      boolean same = category == MerchantCategory.DIGITAL_GOODS || random.nextDouble() < 0.3;
      double minutes = same ? 6 : 25;
      time += (long) ((0.3 + Draw.exponential(minutes, random)) * MINUTE);
      int hour = Instant.ofEpochMilli(time).atOffset(ZoneOffset.UTC).getHour();
      planned.add(
          same
              ? pay(customer, category, first.merchant(), time)
              : pay(customer, customer.choose(hour, random), merchant(), time));
    }
  }

  /// Most purchases go to a few favourite merchants.
  private int merchant() {
    return (int) (80 * Math.pow(random.nextDouble(), 4));
  }

  private Payment pay(Customer customer, MerchantCategory category, int merchant, long time) {
    boolean online = random.nextDouble() < category.online;
    Place near =
        customer.whereabouts().shifted(random.nextGaussian() * 6, random.nextGaussian() * 6);
    double amount = Draw.amount(category.median * Math.exp(customer.level), category.sigma, random);
    Channel channel =
        category == MerchantCategory.CASH
            ? Channel.CASH_MACHINE
            : online
                ? Channel.ONLINE
                : amount < 50 && random.nextDouble() < 0.75 ? Channel.CONTACTLESS : Channel.CHIP;
    return new Payment(
        time,
        customer,
        amount,
        category,
        channel,
        customer.whereaboutsCountry(),
        online ? networkPlace(customer) : near,
        merchant,
        random.nextDouble() < 0.05,
        device(customer, time),
        null);
  }

  /// Where an online payment seems to come from: some use a relay in another country.
  private Place networkPlace(Customer customer) {
    return random.nextDouble() < 0.01 ? Draw.country(random).centre : customer.whereabouts();
  }

  /// The customer's own device, or now and then another one of the household or the office.
  private long device(Customer customer, long time) {
    return random.nextDouble() < 0.12
        ? time - (long) (DAY * Math.pow(10, -1.5 + 4 * random.nextDouble()))
        : customer.deviceSince();
  }

  private static double weekday(OffsetDateTime time) {
    return switch (time.getDayOfWeek()) {
      case MONDAY, TUESDAY -> 0.78;
      case WEDNESDAY, THURSDAY -> 0.84;
      case FRIDAY -> 0.97;
      case SATURDAY -> 1.0;
      case SUNDAY -> 0.62;
    };
  }
}
