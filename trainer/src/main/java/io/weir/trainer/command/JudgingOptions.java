package io.weir.trainer.command;

import io.weir.schemas.card.ThresholdPolicy;
import io.weir.trainer.config.ConfigException;
import io.weir.trainer.measure.SegmentRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import picocli.CommandLine.Option;

/// The flags that say how scores become verdicts.
final class JudgingOptions {
  @Option(
      names = "--threshold",
      paramLabel = "POLICY",
      split = ",",
      description = {
        "The thresholds on the card, the default one first: value:X, quantile:P, tail:P or"
            + " budget:N/day (default: quantile:0.999,quantile:0.99,quantile:0.9999)."
      })
  List<String> thresholds = new ArrayList<>();

  @Option(
      names = "--events-per-day",
      paramLabel = "N",
      description =
          "How many events come a day, for budget:N/day (default: by the times of all rows of the"
              + " source, if --time names their column and they span an hour).")
  Double eventsPerDay;

  @Option(
      names = "--segment-by",
      paramLabel = "FEATURE",
      description =
          "A category or flag: each of its values gets its own distribution of scores, so its own"
              + " threshold and rarity.")
  String segmentBy;

  @Option(
      names = "--segment-rows-min",
      paramLabel = "N",
      description =
          "Values with fewer validation rows are judged as all rows together are (default: 1000,"
              + " the fewest rows that a tail is fitted to).")
  Long segmentRowsMin;

  /// What is asked for, where nothing is given as the subject has it.
  ///
  /// @throws ConfigException where a flag cannot be followed
  Judging judging(Subject subject) {
    if (eventsPerDay != null && !(eventsPerDay > 0 && Double.isFinite(eventsPerDay))) {
      throw new ConfigException(
          "--events-per-day %s: a number above 0 is needed".formatted(eventsPerDay));
    }
    if (segmentRowsMin != null && segmentRowsMin < 1) {
      throw new ConfigException(
          "--segment-rows-min %d: at least 1 is needed".formatted(segmentRowsMin));
    }
    Optional<SegmentRule> inherited = subject.segments();
    if (segmentRowsMin != null && segmentBy == null && inherited.isEmpty()) {
      throw new ConfigException("--segment-rows-min needs --segment-by FEATURE");
    }
    List<ThresholdPolicy> given = thresholds.stream().map(JudgingOptions::policy).toList();
    return new Judging(
        given.isEmpty() ? subject.policies() : given,
        !given.isEmpty(),
        eventsPerDay == null ? OptionalDouble.empty() : OptionalDouble.of(eventsPerDay),
        segments(inherited));
  }

  private Optional<SegmentRule> segments(Optional<SegmentRule> inherited) {
    Optional<SegmentRule> rule =
        segmentBy == null
            ? inherited
            : Optional.of(new SegmentRule(segmentBy, SegmentRule.ROWS_MIN));
    return segmentRowsMin == null ? rule : rule.map(r -> new SegmentRule(r.by(), segmentRowsMin));
  }

  private static ThresholdPolicy policy(String text) {
    try {
      ThresholdPolicy policy = ThresholdPolicy.parse(text);
      if (policy instanceof ThresholdPolicy.FromCard) {
        throw new ConfigException(
            "--threshold card: it is the card that is being written; take value:X, quantile:P,"
                + " tail:P or budget:N/day");
      }
      return policy;
    } catch (IllegalArgumentException e) {
      throw new ConfigException("--threshold %s: %s".formatted(text, e.getMessage()));
    }
  }
}
