package io.weir.detector.shap;

/// What of an event is explained.
public enum ExplanationMethod {
  /// Its score: kernel SHAP.
  SCORE,
  /// What the model expects of its worst features: the method of Antwarg et al.
  RECONSTRUCTION
}
