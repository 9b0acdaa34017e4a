package io.weir.detector;

import java.util.Locale;

/// How far one value is from where it should be.
///
/// @param output the tensor, with the feature or the column where it has several:
///   `expected[amount]`
/// @param expected the value promised
/// @param actual the value found
/// @param difference their distance, in the unit of `allowed`; infinite when only one is finite
/// @param allowed the largest distance at which they agree
public record Deviation(
    String output, double expected, double actual, double difference, double allowed) {
  /// Whether the two values agree.
  public boolean agrees() {
    return difference <= allowed;
  }

  /// The distance in multiples of what is allowed; at most 1 when they agree.
  public double ratio() {
    return difference == 0 ? 0 : difference / allowed;
  }

  /// The further of two.
  static Deviation worse(Deviation a, Deviation b) {
    return b.ratio() > a.ratio() ? b : a;
  }

  /// Two values on a line, in any unit.
  static Deviation of(String output, double expected, double actual, double allowed) {
    boolean same = Double.compare(expected, actual) == 0;
    double distance = same ? 0 : Math.abs(expected - actual);
    return new Deviation(
        output,
        expected,
        actual,
        Double.isFinite(distance) ? distance : Double.POSITIVE_INFINITY,
        Double.isFinite(allowed) ? allowed : Double.MAX_VALUE);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s is %s instead of %s (off by %.3g, allowed %.3g)",
        output,
        (float) actual,
        (float) expected,
        difference,
        allowed);
  }
}
