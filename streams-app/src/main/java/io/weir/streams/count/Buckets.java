package io.weir.streams.count;

import java.util.Arrays;

/// The buckets of a histogram: bucket `i` has the values above bound `i - 1` and up to bound `i`,
/// the last one those above every bound. Immutable.
public final class Buckets {
  /// A cell has the floats of one sign and exponent and one half of its mantissas.
  private static final int CELL_SHIFT = 22;

  private final double[] bounds;

  /// Where to start looking, by cell: with two bounds to a doubling, a step away at most. Searching
  /// by halves would be mispredicted at every step.
  private final byte[] first;

  private Buckets(double[] bounds) {
    this.bounds = bounds;
    this.first = firsts(bounds);
  }

  /// Buckets with these upper bounds, in any order, at most 127; those that are not finite or come
  /// twice are dropped.
  public static Buckets of(double... upperBounds) {
    double[] sorted =
        Arrays.stream(upperBounds).filter(Double::isFinite).sorted().distinct().toArray();
    if (sorted.length == 0 || sorted.length > Byte.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a histogram has 1 to 127 finite bounds, not " + sorted.length);
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
    if (Double.isNaN(value)) {
      return bounds.length;
    }
    int index = first[Float.floatToRawIntBits((float) value) >>> CELL_SHIFT];
    while (index < bounds.length && value > bounds[index]) {
      index++;
    }
    // A double may be rounded up into the next cell.
    while (index > 0 && value <= bounds[index - 1]) {
      index--;
    }
    return index;
  }

  /// The bucket of the smallest value of every cell.
  private static byte[] firsts(double[] bounds) {
    byte[] first = new byte[1 << (Float.SIZE - CELL_SHIFT)];
    for (int cell = 0; cell < first.length; cell++) {
      int bits = cell << CELL_SHIFT;
      // Negative floats grow in size with their bits.
      float least = Float.intBitsToFloat(bits < 0 ? bits | (1 << CELL_SHIFT) - 1 : bits);
      int index = 0;
      while (index < bounds.length && (Float.isNaN(least) || least > bounds[index])) {
        index++;
      }
      first[cell] = (byte) index;
    }
    return first;
  }
}
