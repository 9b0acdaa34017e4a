package io.weir.trainer.fit;

/// Whoever watches a training. Called from the thread that called [Fit#run], between steps.
public interface FitListener {
  /// One batch was learned.
  ///
  /// @param epoch from 1
  /// @param step from 1 to `steps`
  /// @param steps of every epoch
  /// @param loss total loss of the batch, before its update
  default void stepDone(int epoch, int step, int steps, double loss) {}

  /// An epoch is complete, validation included.
  default void epochDone(EpochLoss loss) {}

  /// Asked after each step: true ends the training early, with the best weights so far.
  default boolean stopRequested() {
    return false;
  }
}
