package io.weir.demo.payments;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What the bank remembers of one card, and the features that follow from it. Knows nothing of
/// labels: fraud updates it like any other payment.
final class CardHistory {
  private static final long HOUR = 3_600_000L;
  private static final long DAY = 24 * HOUR;
  private static final double PRIOR_WEIGHT = 3;
  private static final double FORGET = 0.97;

  private final Place home;
  private final Deque<Payment> lastDay = new ArrayDeque<>();
  private final Map<MerchantCategory, double[]> logAmounts = new EnumMap<>(MerchantCategory.class);
  private final Map<Long, Long> firstVisits = new HashMap<>();
  private final double[] hours = new double[24];
  private double payments;
  private double logLevel;
  private double spent;
  private long firstTime = Long.MIN_VALUE;
  private Payment last;

  CardHistory(Place home) {
    this.home = home;
  }

  /// The features of a payment as of the moment it is made; then remembers it.
  CardPayment observe(long id, Payment p) {
    while (!lastDay.isEmpty() && lastDay.peekFirst().time() <= p.time() - DAY) {
      lastDay.removeFirst();
    }
    lastDay.addLast(p);
    if (last == null) {
      last = p;
      firstTime = p.time() - DAY;
    }
    CardPayment seen = features(id, p);
    remember(p);
    return seen;
  }

  private CardPayment features(long id, Payment p) {
    int inHour = 0;
    Set<Long> merchants = new HashSet<>();
    int declined = 0;
    int fresh = firstVisits.containsKey(merchantKey(p)) ? 0 : 1;
    double spentToday = 0;
    for (Payment earlier : lastDay) {
      if (earlier.time() > p.time() - HOUR) {
        inHour++;
        merchants.add(merchantKey(earlier));
      }
      Long first = firstVisits.get(merchantKey(earlier));
      fresh += first != null && first == earlier.time() ? 1 : 0;
      declined += earlier.declined() ? 1 : 0;
      spentToday += earlier.amount();
    }
    double days = Math.max(1, (p.time() - firstTime) / (double) DAY);
    double usualDay = (spent + 60 * PRIOR_WEIGHT) / (days + PRIOR_WEIGHT);
    Long deviceAge = p.channel() == Channel.ONLINE ? 1 + (p.time() - p.deviceSince()) / DAY : null;
    return new CardPayment(
        id,
        p.customer().card,
        p.time(),
        round(p.amount(), 100),
        p.category().name().toLowerCase(Locale.ROOT),
        p.channel().name().toLowerCase(Locale.ROOT),
        p.country().name(),
        round(p.amount() / usualAmount(p.category()), 1000),
        Math.max(1, (p.time() - last.time()) / 1000),
        inHour,
        lastDay.size(),
        merchants.size(),
        round(spentToday / usualDay, 1000),
        round(p.place().kmTo(home), 10),
        round(speed(p), 10),
        round(categoryShare(p.category()), 1000),
        round(hourShare(hourOf(p.time())), 1000),
        fresh,
        declined,
        deviceAge,
        p.fraud() == null ? null : p.fraud().title());
  }

  private void remember(Payment p) {
    double log = Math.log(p.amount());
    double[] sums = logAmounts.computeIfAbsent(p.category(), _ -> new double[3]);
    sums[0] = sums[0] * FORGET + log;
    sums[1] = sums[1] * FORGET + 1;
    sums[2]++;
    payments++;
    logLevel += log - Math.log(p.category().median);
    spent += p.amount();
    hours[hourOf(p.time())]++;
    firstVisits.putIfAbsent(merchantKey(p), p.time());
    last = p;
  }

  /// The geometric mean of the customer's amounts in the category, drawn towards the category's
  /// median at the customer's general level while there are few of them.
  private double usualAmount(MerchantCategory category) {
    double prior = Math.log(category.median) + logLevel / (payments + PRIOR_WEIGHT);
    double[] sums = logAmounts.getOrDefault(category, new double[3]);
    return Math.exp((sums[0] + PRIOR_WEIGHT * prior) / (sums[1] + PRIOR_WEIGHT));
  }

  private double categoryShare(MerchantCategory category) {
    double[] sums = logAmounts.getOrDefault(category, new double[3]);
    return payments == 0 ? 0 : sums[2] / payments;
  }

  private double hourShare(int hour) {
    if (payments == 0) {
      return 0;
    }
    double near = 0;
    for (int d = -2; d <= 2; d++) {
      near += hours[Math.floorMod(hour + d, 24)];
    }
    return near / payments;
  }

  /// The largest speed, in km/h, between this payment and one of the last 24 hours. Places closer
  /// than 50 km are taken for the same, and gaps shorter than a quarter of an hour for that.
  private double speed(Payment p) {
    double fastest = 0;
    for (Payment earlier : lastDay) {
      double km = p.place().kmTo(earlier.place());
      if (km > 50) {
        double hours = Math.max(0.25, (p.time() - earlier.time()) / (double) HOUR);
        fastest = Math.max(fastest, km / hours);
      }
    }
    return fastest;
  }

  private static long merchantKey(Payment p) {
    return ((long) p.category().ordinal() << 40)
        | ((long) p.country().ordinal() << 32)
        | p.merchant();
  }

  private static int hourOf(long time) {
    return Instant.ofEpochMilli(time).atOffset(ZoneOffset.UTC).getHour();
  }

  private static double round(double value, double units) {
    return Math.round(value * units) / units;
  }
}
