package io.weir.trainer.fit;

/// What makes one epoch better than another.
public enum Criterion {
  /// A lower loss.
  LOSS,
  /// A larger area under the classifier's ROC curve.
  AUC
}
