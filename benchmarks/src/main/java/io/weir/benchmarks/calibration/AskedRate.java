package io.weir.benchmarks.calibration;

import io.weir.schemas.card.ModelCard;
import io.weir.schemas.card.ThresholdPolicy;
import io.weir.schemas.card.Thresholds;
import io.weir.schemas.card.UnresolvableThresholdException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// The thresholds that policies give for one share of events, and how many events passed them.
final class AskedRate {
  /// What a budget is a share of.
  static final double EVENTS_PER_DAY = 1_000_000;

  /// Fewer validation rows above a threshold say too little of it.
  private static final double ROWS_MIN = 10;

  /// Standard deviations that chance may be off, and what the shape of a tail may add.
  private static final double DEVIATIONS = 4;

  private static final double MODEL_ERROR = 0.3;

  private final double share;
  private final long validationRows;
  private final List<ThresholdPolicy> policies = new ArrayList<>();
  private final double[] thresholds;
  private final long[] above;

  AskedRate(double share, ModelCard card) {
    this.share = share;
    this.validationRows = card.scores().count();
    policies.add(
        new ThresholdPolicy.Quantile(
            BigDecimal.ONE.subtract(BigDecimal.valueOf(share)).doubleValue()));
    policies.add(new ThresholdPolicy.Tail(share));
    policies.add(new ThresholdPolicy.Budget(share * EVENTS_PER_DAY));
    Thresholds known = Thresholds.of(card, OptionalDouble.of(EVENTS_PER_DAY));
    thresholds = policies.stream().mapToDouble(policy -> threshold(known, policy)).toArray();
    above = new long[thresholds.length];
  }

  private static double threshold(Thresholds known, ThresholdPolicy policy) {
    try {
      return known.resolve(policy).threshold().value();
    } catch (UnresolvableThresholdException _) {
      return Double.NaN;
    }
  }

  /// Counts a score.
  void take(float score) {
    for (int i = 0; i < thresholds.length; i++) {
      above[i] += score > thresholds[i] ? 1 : 0;
    }
  }

  /// A line of the table.
  String row(String data, long events) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      cells.add(
          Double.isNaN(thresholds[i])
              ? "refused"
              : text("%.3g (%.2f)", rate(i, events), rate(i, events) / share));
    }
    cells.add(text("%,.0f", share * EVENTS_PER_DAY));
    cells.add(
        Double.isNaN(thresholds[2]) ? "refused" : text("%,.1f", rate(2, events) * EVENTS_PER_DAY));
    return text("| %s | %,d | %.0e | %s |", data, validationRows, share, String.join(" | ", cells));
  }

  private double rate(int policy, long events) {
    return (double) above[policy] / events;
  }

  /// Rates that are further from the asked one than chance and the model of the tail explain; none
  /// where the rows say too little.
  List<String> violations(String data, long events) {
    List<String> violations = new ArrayList<>();
    double rows = share * validationRows;
    double alerts = share * events;
    if (rows < ROWS_MIN || alerts < ROWS_MIN) {
      return violations;
    }
    double chance = DEVIATIONS * Math.sqrt(1 / rows + 1 / alerts);
    for (int i = 0; i < thresholds.length; i++) {
      double allowed = chance + (i == 0 ? 0 : MODEL_ERROR);
      double off = Math.abs(Math.log(rate(i, events) / share));
      if (!(off <= allowed)) {
        violations.add(
            text(
                "%s, %d validation rows, %s: %.3g of the events are above the threshold, which is"
                    + " off by a factor of %.2f, more than %.2f",
                data,
                validationRows,
                policies.get(i),
                rate(i, events),
                Math.exp(off),
                Math.exp(allowed)));
      }
    }
    return violations;
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
