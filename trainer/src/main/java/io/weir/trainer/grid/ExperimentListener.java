package io.weir.trainer.grid;

import io.weir.trainer.config.Variant;
import io.weir.trainer.fit.FitListener;

/// Whoever watches an experiment; of the training under way it also hears as a [FitListener].
public interface ExperimentListener extends FitListener {
  /// A training starts.
  ///
  /// @param fold from 1
  default void trainingStarted(Variant variant, int fold) {}

  /// A training is done, and its score is on the disk.
  default void trainingDone(Variant variant, FoldScore score) {}
}
