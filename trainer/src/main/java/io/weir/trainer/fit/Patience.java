package io.weir.trainer.fit;

/// Counts the epochs without an improvement.
final class Patience {
  private final EarlyStopping rule;
  private double best = Double.POSITIVE_INFINITY;
  private int waited;

  Patience(EarlyStopping rule) {
    this.rule = rule;
  }

  /// Whether patience ended with this epoch's loss.
  boolean ends(double loss) {
    if (loss < best - rule.minDelta()) {
      best = loss;
      waited = 0;
    } else {
      waited++;
    }
    return waited >= rule.patience();
  }
}
