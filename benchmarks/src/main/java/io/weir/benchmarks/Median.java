package io.weir.benchmarks;

import java.util.List;

/// The middle of the runs.
public final class Median {
  private Median() {}

  /// The median; of an even number of values, the mean of the middle two.
  ///
  /// @throws IllegalArgumentException if there are none
  public static double of(List<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("The median of no values");
    }
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
