package io.weir.streams.count;

import java.util.Arrays;

/// The buckets of a histogram: bucket `i` has the values above bound `i - 1` and up to bound `i`,
/// the last one those above every bound. Immutable.
public final class Buckets {
  private final double[] bounds;

  private Buckets(double[] bounds) {
    this.bounds = bounds;
  }

  /// Buckets with these upper bounds, in any order; those that are not finite or come twice are
  /// dropped.
  public static Buckets of(double... upperBounds) {
    double[] sorted =
        Arrays.stream(upperBounds).filter(Double::isFinite).sorted().distinct().toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("a histogram has at least one finite bound");
    }
    return new Buckets(sorted);
  }

  /// Bounds `from`, `from x 2`, `from x 4`, ... up to the first that is not below `to`.
  ///
  /// @param from positive
  public static Buckets doubling(double from, double to) {
    int steps = to <= from ? 0 : (int) Math.ceil(Math.log(to / from) / Math.log(2) - 1e-9);
    double[] bounds = new double[steps + 1];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = from * Math.pow(2, i);
    }
    return of(bounds);
  }

  /// Number of buckets, one more than bounds.
  public int size() {
    return bounds.length + 1;
  }

  /// The upper bounds, ascending.
  public double[] bounds() {
    return bounds.clone();
  }

  /// The bucket of a value; NaN is in the last one.
  public int index(double value) {
    int low = 0;
    int high = bounds.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (value <= bounds[middle]) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
