package io.weir.trainer.grid;

import java.util.Collection;

/// The mean of some values and how far they lie apart.
///
/// @param mean NaN without values
/// @param deviation the sample standard deviation, by n - 1; NaN below two values
public record Spread(double mean, double deviation) {
  /// In the order of the values.
  static Spread of(Collection<Double> values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = sum / values.size();
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double deviation = values.size() < 2 ? Double.NaN : Math.sqrt(squares / (values.size() - 1));
    return new Spread(mean, deviation);
  }
}
