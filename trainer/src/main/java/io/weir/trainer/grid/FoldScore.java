package io.weir.trainer.grid;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/// What one training of one fold reached.
///
/// @param fold from 1
/// @param outcome whether it came to its end
/// @param parameters trainable parameters of the network
/// @param epoch whose weights were measured, from 1; 0 if it diverged
/// @param trainingLoss of that epoch, NaN if it diverged
/// @param validation of the held-out rows; empty if it diverged, and without those that the network
///   has not
/// @param test of the test rows; empty without any
public record FoldScore(
    int fold,
    Outcome outcome,
    long parameters,
    int epoch,
    double trainingLoss,
    Map<Metric, Double> validation,
    Map<Metric, Double> test) {
  /// How a training ended.
  public enum Outcome {
    COMPLETED,
    /// The loss became infinite or not a number. The same settings will do it again.
    DIVERGED
  }

  public FoldScore {
    validation = ordered(validation);
    test = ordered(test);
  }

  static FoldScore diverged(int fold, long parameters) {
    return new FoldScore(fold, Outcome.DIVERGED, parameters, 0, Double.NaN, Map.of(), Map.of());
  }

  private static Map<Metric, Double> ordered(Map<Metric, Double> values) {
    Map<Metric, Double> ordered = new EnumMap<>(Metric.class);
    ordered.putAll(values);
    return Collections.unmodifiableMap(ordered);
  }
}
