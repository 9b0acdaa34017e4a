package io.weir.trainer.command;

import io.weir.schemas.card.ModelCard.ScoreDistribution;
import io.weir.schemas.card.ModelCard.Threshold;
import io.weir.schemas.card.ResolvedThreshold;
import io.weir.schemas.card.ScoreSegments;
import io.weir.schemas.card.ThresholdPolicy;
import io.weir.schemas.card.ThresholdPolicy.Budget;
import io.weir.schemas.card.ThresholdPolicy.Quantile;
import io.weir.schemas.card.Thresholds;
import io.weir.schemas.card.UnresolvableThresholdException;
import io.weir.schemas.features.FeatureSpec;
import io.weir.trainer.config.ConfigException;
import io.weir.trainer.data.bulk.RowValues;
import io.weir.trainer.measure.ScoreSample;
import io.weir.trainer.measure.SegmentRule;
import io.weir.trainer.publish.Judgement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/// How the scores of normal rows become the card's distribution, thresholds and segments.
///
/// @param policies of the thresholds, the default one first
/// @param given whether the policies were asked for; those that are not asked for give the nearest
///   threshold that the rows have
/// @param eventsPerDay empty if unknown
record Judging(
    List<ThresholdPolicy> policies,
    boolean given,
    OptionalDouble eventsPerDay,
    Optional<SegmentRule> segments) {
  /// Fractions of the rows that the card's thresholds let pass; the first is the default.
  static final List<ThresholdPolicy> USUAL =
      List.of(new Quantile(0.999), new Quantile(0.99), new Quantile(0.9999));

  Judging {
    policies = List.copyOf(policies);
  }

  /// The same, with what the rows tell.
  ///
  /// @param measured events per day, null if unknown
  /// @param otherwise where neither a flag nor the rows say it; null if nothing does
  /// @throws ConfigException where the rows have no such segments, or a budget has nothing to be a
  ///   share of
  Judging on(List<FeatureSpec> features, Double measured, Double otherwise) {
    segments.ifPresent(rule -> rule.requireAmong(features));
    Double known = measured == null ? otherwise : measured;
    OptionalDouble rate =
        eventsPerDay.isPresent() || known == null ? eventsPerDay : OptionalDouble.of(known);
    for (ThresholdPolicy policy : policies) {
      if (policy instanceof Budget && rate.isEmpty()) {
        throw new ConfigException(
            "--threshold %s needs to know how many events come a day: say it with --events-per-day N, or name the column of the rows' timestamps with --time (they must span an hour)"
                .formatted(policy));
      }
    }
    return new Judging(policies, given, rate, segments);
  }

  /// Judges.
  ///
  /// @param scores [rows] of normal rows
  /// @param rows [rows x raw values] the same rows
  /// @param more thresholds that stand behind the others
  /// @param tell takes what people should know, a sentence each
  Judgement judge(
      float[] scores,
      RowValues rows,
      List<FeatureSpec> features,
      List<Threshold> more,
      Consumer<String> tell) {
    ScoreSample sample = ScoreSample.of(scores);
    ScoreDistribution distribution = sample.distribution();
    Map<String, Threshold> thresholds = new LinkedHashMap<>();
    Thresholds known = new Thresholds(distribution, List.of(), eventsPerDay);
    for (ThresholdPolicy policy : policies) {
      try {
        Threshold threshold = threshold(policy, known, sample, tell);
        thresholds.putIfAbsent(threshold.policy(), threshold);
      } catch (UnresolvableThresholdException e) {
        tell.accept("Left out of the card: %s".formatted(e.getMessage()));
      }
    }
    if (thresholds.isEmpty()) {
      tell.accept("None of the thresholds can be had from these rows: the card has the usual ones");
      for (ThresholdPolicy policy : USUAL) {
        Threshold threshold = sample.quantileThreshold(((Quantile) policy).p());
        thresholds.put(threshold.policy(), threshold);
      }
    }
    more.forEach(threshold -> thresholds.putIfAbsent(threshold.policy(), threshold));
    ScoreSegments divided =
        segments.map(rule -> rule.segments(scores, rows, features, tell)).orElse(null);
    return new Judgement(
        distribution,
        new ArrayList<>(thresholds.values()),
        divided,
        eventsPerDay.isPresent() ? eventsPerDay.getAsDouble() : null);
  }

  /// The rows themselves give a quantile more exactly than those on the card.
  private Threshold threshold(
      ThresholdPolicy policy, Thresholds known, ScoreSample sample, Consumer<String> tell)
      throws UnresolvableThresholdException {
    if (policy instanceof Quantile(double p) && !given) {
      return sample.quantileThreshold(p);
    }
    ResolvedThreshold resolved = known.resolve(policy);
    resolved.note().ifPresent(tell);
    return policy instanceof Quantile(double p)
        ? sample.quantileThreshold(p)
        : resolved.threshold();
  }
}
