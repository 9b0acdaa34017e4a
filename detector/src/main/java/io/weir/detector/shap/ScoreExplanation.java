package io.weir.detector.shap;

import java.util.List;

/// Kernel SHAP of a score: `score = base + the sum of all phi`.
///
/// @param score of the event, as the stream gives it
/// @param base the average score of the background, by its weights
/// @param features of the model: the largest absolute effect first
/// @param gap by how much the effects miss `score - base`: rounding only
/// @param exact whether all coalitions were looked at, or a sample of them
/// @param coalitions how many were looked at
/// @param background rows of the background
/// @param rowsScored how many rows were scored for it
public record ScoreExplanation(
    float score,
    double base,
    List<FeatureEffect> features,
    double gap,
    boolean exact,
    int coalitions,
    int background,
    long rowsScored) {
  public ScoreExplanation {
    features = List.copyOf(features);
  }
}
