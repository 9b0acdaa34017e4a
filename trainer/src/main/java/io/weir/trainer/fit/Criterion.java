package io.weir.trainer.fit;

/// What makes one epoch better than another.
public enum Criterion {
  /// A lower loss.
  LOSS,
  /// A larger area under the classifier's ROC curve.
  AUC,
  /// Coming later: the last epoch's weights are kept, whatever the held-out rows say, which leaves
  /// those a judge of the training that had no part in it.
  LAST
}
