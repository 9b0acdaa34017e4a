package io.weir.demo.payments;

import static io.weir.demo.payments.MerchantCategory.CASH;
import static io.weir.demo.payments.MerchantCategory.DIGITAL_GOODS;
import static io.weir.demo.payments.MerchantCategory.ELECTRONICS;
import static io.weir.demo.payments.MerchantCategory.FASHION;
import static io.weir.demo.payments.MerchantCategory.GAMBLING;
import static io.weir.demo.payments.MerchantCategory.GIFT_CARDS;
import static io.weir.demo.payments.MerchantCategory.GROCERIES;
import static io.weir.demo.payments.MerchantCategory.JEWELLERY;
import static io.weir.demo.payments.MerchantCategory.PHARMACY;
import static io.weir.demo.payments.MerchantCategory.TRAVEL;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// How thieves use a card that is not theirs. Each pattern shows in several features together and
/// in none of them alone: customers travel, shop at night, buy new phones and pay small sums too.
sealed interface FraudPattern {
  long SECOND = 1000;
  long MINUTE = 60 * SECOND;
  long HOUR = 60 * MINUTE;
  long DAY = 24 * HOUR;

  /// All kinds.
  List<FraudPattern> ALL =
      List.of(
          new CardTesting(),
          new StolenCardAbroad(),
          new AccountTakeover(),
          new UnusualCategory(),
          new SpendingSpree());

  /// What people call it.
  String title();

  /// How often a case is of this kind, relative to the others.
  double frequency();

  /// The payments of one case, in the order of time.
  ///
  /// @param start milliseconds since 1970; cases that need the night move on to it
  List<Payment> strike(Customer victim, long start, RandomGenerator random);

  /// A list of stolen numbers is tried out: many tiny payments online within minutes, some
  /// declined.
  record CardTesting() implements FraudPattern {
    @Override
    public String title() {
      return "card testing";
    }

    @Override
    public double frequency() {
      return 2;
    }

    @Override
    public List<Payment> strike(Customer victim, long start, RandomGenerator random) {
      Country from = Draw.country(random);
      Place place = from.centre.shifted(random.nextGaussian() * 200, random.nextGaussian() * 200);
      long device = start - (long) (random.nextDouble() * HOUR);
      List<Payment> payments = new ArrayList<>();
      long time = start;
      int count = 5 + random.nextInt(6);
      for (int i = 0; i < count; i++) {
        payments.add(
            new Payment(
                time,
                victim,
                Draw.amount(1.1, 0.4, random),
                Draw.oneOf(random, DIGITAL_GOODS, DIGITAL_GOODS, PHARMACY, GIFT_CARDS),
                Channel.ONLINE,
                from,
                place,
                random.nextInt(80),
                random.nextDouble() < 0.45,
                device,
                this));
        time += 10 * SECOND + (long) Draw.exponential(50 * SECOND, random);
      }
      return payments;
    }
  }

  /// The card itself, or a copy of it, is used far from home at night for things that sell again.
  record StolenCardAbroad() implements FraudPattern {
    @Override
    public String title() {
      return "stolen card abroad";
    }

    @Override
    public double frequency() {
      return 3;
    }

    @Override
    public List<Payment> strike(Customer victim, long start, RandomGenerator random) {
      Country country = Draw.country(random);
      while (country == victim.country || country == victim.whereaboutsCountry()) {
        country = Draw.country(random);
      }
      Place place = country.centre.shifted(random.nextGaussian() * 60, random.nextGaussian() * 60);
      long midnight = Math.ceilDiv(start, DAY) * DAY;
      long time = midnight + (long) (random.nextDouble() * 4.5 * HOUR);
      List<Payment> payments = new ArrayList<>();
      int count = 3 + random.nextInt(5);
      for (int i = 0; i < count; i++) {
        MerchantCategory category = Draw.oneOf(random, ELECTRONICS, JEWELLERY, CASH, FASHION);
        payments.add(
            new Payment(
                time,
                victim,
                Draw.amount(4.5 * category.median, 0.5, random),
                category,
                category == CASH ? Channel.CASH_MACHINE : Channel.CHIP,
                country,
                place.shifted(random.nextGaussian() * 5, random.nextGaussian() * 5),
                random.nextInt(80),
                random.nextDouble() < 0.25,
                0,
                this));
        time += 10 * MINUTE + (long) Draw.exponential(40 * MINUTE, random);
      }
      return payments;
    }
  }

  /// Somebody has the password: a new device, bought from home's own country, dear goods that are
  /// easily sold, at an hour when the customer sleeps.
  record AccountTakeover() implements FraudPattern {
    @Override
    public String title() {
      return "account takeover";
    }

    @Override
    public double frequency() {
      return 3;
    }

    @Override
    public List<Payment> strike(Customer victim, long start, RandomGenerator random) {
      Place place =
          victim.country.centre.shifted(random.nextGaussian() * 150, random.nextGaussian() * 150);
      long device = start - (long) (random.nextDouble() * 5 * MINUTE);
      List<Payment> payments = new ArrayList<>();
      long time = start;
      int count = 2 + random.nextInt(3);
      for (int i = 0; i < count; i++) {
        MerchantCategory category = Draw.oneOf(random, ELECTRONICS, GIFT_CARDS, TRAVEL, FASHION);
        payments.add(
            new Payment(
                time,
                victim,
                Draw.amount(4 * category.median * Math.exp(victim.level), 0.5, random),
                category,
                Channel.ONLINE,
                victim.country,
                place,
                random.nextInt(80),
                random.nextDouble() < 0.2,
                device,
                this));
        time += 2 * MINUTE + (long) Draw.exponential(12 * MINUTE, random);
      }
      return payments;
    }
  }

  /// Used near home and in daylight, but for what this customer never buys, and for a lot of it.
  record UnusualCategory() implements FraudPattern {
    @Override
    public String title() {
      return "unusual category";
    }

    @Override
    public double frequency() {
      return 2;
    }

    @Override
    public List<Payment> strike(Customer victim, long start, RandomGenerator random) {
      MerchantCategory category = GAMBLING;
      for (MerchantCategory other : List.of(JEWELLERY, TRAVEL, ELECTRONICS, GIFT_CARDS)) {
        category = victim.taste(other) < victim.taste(category) ? other : category;
      }
      Channel channel = random.nextDouble() < category.online ? Channel.ONLINE : Channel.CHIP;
      List<Payment> payments = new ArrayList<>();
      long time = start;
      int count = 3 + random.nextInt(4);
      for (int i = 0; i < count; i++) {
        payments.add(
            new Payment(
                time,
                victim,
                Draw.amount(13 * category.median * Math.exp(victim.level), 0.4, random),
                category,
                channel,
                victim.country,
                victim.home.shifted(random.nextGaussian() * 15, random.nextGaussian() * 15),
                random.nextInt(80),
                random.nextDouble() < 0.2,
                victim.deviceSince(),
                this));
        time += 8 * MINUTE + (long) Draw.exponential(15 * MINUTE, random);
      }
      return payments;
    }
  }

  /// A card taken from a pocket, emptied near home before it is blocked: one shop after the other,
  /// no amount remarkable, contactless below the limit.
  record SpendingSpree() implements FraudPattern {
    @Override
    public String title() {
      return "spending spree";
    }

    @Override
    public double frequency() {
      return 1.5;
    }

    @Override
    public List<Payment> strike(Customer victim, long start, RandomGenerator random) {
      List<Payment> payments = new ArrayList<>();
      long time = start;
      int count = 9 + random.nextInt(6);
      for (int i = 0; i < count; i++) {
        MerchantCategory category =
            Draw.oneOf(random, GROCERIES, PHARMACY, FASHION, GIFT_CARDS, ELECTRONICS);
        payments.add(
            new Payment(
                time,
                victim,
                Math.min(50, Draw.amount(38, 0.3, random)),
                category,
                Channel.CONTACTLESS,
                victim.country,
                victim.home.shifted(random.nextGaussian() * 12, random.nextGaussian() * 12),
                random.nextInt(80),
                random.nextDouble() < 0.2,
                0,
                this));
        time += MINUTE + (long) Draw.exponential(2.5 * MINUTE, random);
      }
      return payments;
    }
  }
}
