package io.weir.trainer.fit;

import java.util.Objects;

/// Rows to learn from, already preprocessed: what the network's input layer sees. The arrays are
/// used, not copied.
///
/// @param inputs [rows x columns], row-major: `inputs[row * columns + column]`
/// @param weights [rows] weight of each row's reconstruction loss, at least 0; null for all 1
/// @param labels [rows] 1 for an anomaly and 0 for a normal row, for classifiers; null without
public record TrainingRows(float[] inputs, int rows, int columns, float[] weights, byte[] labels) {
  public TrainingRows {
    Objects.requireNonNull(inputs, "inputs");
    if (columns < 1 || rows < 0 || inputs.length != (long) rows * columns) {
      throw new IllegalArgumentException(
          "%d values are not %d rows x %d columns".formatted(inputs.length, rows, columns));
    }
    if (weights != null && weights.length != rows) {
      throw new IllegalArgumentException(
          "%d weights do not fit %d rows".formatted(weights.length, rows));
    }
    if (labels != null && labels.length != rows) {
      throw new IllegalArgumentException(
          "%d labels do not fit %d rows".formatted(labels.length, rows));
    }
  }

  /// Rows without labels.
  public TrainingRows(float[] inputs, int rows, int columns, float[] weights) {
    this(inputs, rows, columns, weights, null);
  }

  /// Rows of equal weight.
  public TrainingRows(float[] inputs, int rows, int columns) {
    this(inputs, rows, columns, null);
  }
}
