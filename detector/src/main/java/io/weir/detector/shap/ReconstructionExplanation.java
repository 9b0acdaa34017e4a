package io.weir.detector.shap;

import java.util.List;

/// Which features made the model expect something else of the features that it reconstructed worst
/// (Antwarg, Miller, Shapira and Rokach, "Explaining Anomalies Detected by Autoencoders Using
/// SHAP", arXiv 1903.02407).
///
/// @param score of the event, as the stream gives it
/// @param worst the largest share of the reconstruction loss first
/// @param background rows of the background
/// @param rowsComputed how many rows were computed for it
public record ReconstructionExplanation(
    float score, List<WorstFeature> worst, int background, long rowsComputed) {
  public ReconstructionExplanation {
    worst = List.copyOf(worst);
  }

  /// A feature with a large error.
  ///
  /// The model is asked without the feature's own value, for which the background's stands: how it
  /// reconstructs what it sees is no explanation. So `base + the sum of all phi` is `alone`, and
  /// not `expected`.
  ///
  /// @param feature its name
  /// @param actual its raw value, null where missing
  /// @param actualText in words; null for numbers and missing values
  /// @param expected what the model expects, having seen the whole event
  /// @param expectedText in words; null for numbers
  /// @param share of the reconstruction loss, 0 to 1; of a window, in all of its events
  /// @param step of a window: which event `actual` and `expected` are of, 0 the newest, -3 the
  ///   third before it; the one where the share is largest
  /// @param base what is expected of usual events, on average; for this and the following: of a
  ///   category how often the event's own word is expected, of a time the seconds from the event's
  ///   own to the expected one
  /// @param alone what is expected of the event without the feature's own value
  /// @param contributing the other features that push the expectation away from the actual value,
  ///   the largest effect first
  /// @param offsetting those that push it towards the actual value, likewise
  /// @param gap by how much the effects miss `alone - base`: rounding only
  /// @param exact whether all coalitions were looked at, or a sample of them
  public record WorstFeature(
      String feature,
      Double actual,
      String actualText,
      Double expected,
      String expectedText,
      double share,
      int step,
      double base,
      double alone,
      List<FeatureEffect> contributing,
      List<FeatureEffect> offsetting,
      double gap,
      boolean exact) {
    public WorstFeature {
      contributing = List.copyOf(contributing);
      offsetting = List.copyOf(offsetting);
    }
  }
}
