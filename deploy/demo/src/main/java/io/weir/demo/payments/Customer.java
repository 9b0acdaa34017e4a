package io.weir.demo.payments;

import java.util.random.RandomGenerator;

/// One customer: where they live, what they buy, when, and on which device. Everything is drawn
/// once; only the trip they are on and their device change.
final class Customer {
  private static final MerchantCategory[] CATEGORIES = MerchantCategory.values();
  private static final long HOUR = 3_600_000L;
  private static final long DAY = 24 * HOUR;

  final String card;
  final Country country;
  final Place home;
  final CardHistory history;

  /// Payments a day.
  final double activity;

  /// Logarithm of the customer's level of spending, 0 for the average.
  final double level;

  private final double[] taste = new double[CATEGORIES.length];
  private final double peakHour;
  private final double regularity;

  private long deviceSince;
  private long nextDevice;
  private Country abroad;
  private Place hotel;
  private long tripEnds;
  private long travelsUntil;
  private long blockedFrom = Long.MAX_VALUE;
  private long blockedUntil;

  Customer(int number, long time, RandomGenerator random) {
    card = "card-%04d".formatted(number);
    country = Draw.country(random);
    home = country.centre.shifted(random.nextGaussian() * 40, random.nextGaussian() * 40);
    history = new CardHistory(home);
    activity = 1.6 * Math.exp(0.5 * random.nextGaussian());
    level = 0.45 * random.nextGaussian();
    peakHour = Math.clamp(15 + 3 * random.nextGaussian(), 8, 23);
    regularity = 1.5 + 2 * random.nextDouble();
    double sum = 0;
    for (int i = 0; i < taste.length; i++) {
      taste[i] = CATEGORIES[i].share * Draw.gamma(1.2, random);
      sum += taste[i];
    }
    for (int i = 0; i < taste.length; i++) {
      taste[i] /= sum;
    }
    deviceSince = time - (long) (random.nextDouble() * 700 * DAY);
    nextDevice = time + (long) (Draw.exponential(200, random) * DAY);
  }

  /// How much this customer is about at an hour of their day, 0 to 1.
  double liveliness(int hour) {
    double away = Math.abs(hour - peakHour);
    away = Math.min(away, 24 - away);
    return Math.exp(-0.5 * Math.pow(away / (regularity + 1.8), 2)) + 0.01;
  }

  /// What the customer goes for at this hour.
  MerchantCategory choose(int hour, RandomGenerator random) {
    double sum = 0;
    double[] weights = new double[taste.length];
    for (int i = 0; i < taste.length; i++) {
      weights[i] = taste[i] * CATEGORIES[i].liveliness(hour);
      sum += weights[i];
    }
    return CATEGORIES[Draw.index(weights, sum, random)];
  }

  /// Share of the customer's payments in a category, 0 to 1.
  double taste(MerchantCategory category) {
    return taste[category.ordinal()];
  }

  /// Lets the customer's life go on: trips begin and end, devices are replaced.
  void live(long time, RandomGenerator random) {
    if (time >= tripEnds && hotel != null) {
      travelsUntil = time + travelTime();
      hotel = null;
    }
    if (hotel == null && random.nextDouble() < 0.006) {
      abroad = Draw.country(random);
      hotel = abroad.centre.shifted(random.nextGaussian() * 60, random.nextGaussian() * 60);
      travelsUntil = time + travelTime();
      tripEnds = time + (long) ((2 + 6 * random.nextDouble()) * DAY);
    }
    if (time >= nextDevice) {
      deviceSince = time - (long) (random.nextDouble() * DAY);
      nextDevice = time + (long) (Draw.exponential(200, random) * DAY);
    }
  }

  /// Whether the customer is between two places, with no time to pay.
  boolean travels(long time) {
    return time < travelsUntil;
  }

  /// Lets the bank block the card once a fraud case is over, and send a new one.
  void block(long time) {
    blockedFrom = time;
    blockedUntil = time + 30 * HOUR;
  }

  /// Whether the card is blocked.
  boolean blocked(long time) {
    return time > blockedFrom && time < blockedUntil;
  }

  private long travelTime() {
    return (long) ((2.5 + home.kmTo(hotel) / 600) * HOUR);
  }

  /// Where the customer is: at home or on a trip.
  Place whereabouts() {
    return hotel == null ? home : hotel;
  }

  /// The country they are in.
  Country whereaboutsCountry() {
    return hotel == null ? country : abroad;
  }

  /// When their own device was first seen.
  long deviceSince() {
    return deviceSince;
  }
}
