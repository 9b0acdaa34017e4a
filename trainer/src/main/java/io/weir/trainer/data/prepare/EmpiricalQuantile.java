package io.weir.trainer.data.prepare;

/// Quantiles of a sample.
public final class EmpiricalQuantile {
  private EmpiricalQuantile() {}

  /// The linearly interpolated quantile: the value at position `p (n - 1)` of the sorted sample,
  /// counted from 0, in a straight line between two neighbours (Hyndman and Fan, 1996, type 7;
  /// NumPy's default).
  ///
  /// @param sorted at least one value, ascending
  /// @param p 0 (the minimum) to 1 (the maximum)
  public static double of(float[] sorted, double p) {
    double position = p * (sorted.length - 1);
    int below = (int) position;
    if (below == position) {
      return sorted[below];
    }
    return sorted[below] + (position - below) * ((double) sorted[below + 1] - sorted[below]);
  }
}
