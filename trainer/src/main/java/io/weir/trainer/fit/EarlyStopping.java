package io.weir.trainer.fit;

/// When to give up: after `patience` epochs in a row in which the validation loss (the training
/// loss without validation rows) did not fall by more than `minDelta` below the best before them.
///
/// @param patience epochs, at least 1
/// @param minDelta smallest fall that counts, at least 0
public record EarlyStopping(int patience, double minDelta) {
  public EarlyStopping {
    if (patience < 1) {
      throw new IllegalArgumentException("patience " + patience + " must be at least 1 epoch");
    }
    if (!(minDelta >= 0)) {
      throw new IllegalArgumentException("minimum delta " + minDelta + " must be at least 0");
    }
  }
}
