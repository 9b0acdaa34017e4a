package io.weir.trainer.fit;

import java.util.Objects;

/// Rows to learn from. The arrays are used, not copied.
///
/// @param source what the network's input layer sees
/// @param weights [rows] weight of each row's reconstruction loss, at least 0; null for all 1
/// @param labels [rows] 1 for an anomaly and 0 for a normal row, for classifiers; null without
public record TrainingRows(InputRows source, float[] weights, byte[] labels) {
  public TrainingRows {
    Objects.requireNonNull(source, "source");
    if (weights != null && weights.length != source.rows()) {
      throw new IllegalArgumentException(
          "%d weights do not fit %d rows".formatted(weights.length, source.rows()));
    }
    if (labels != null && labels.length != source.rows()) {
      throw new IllegalArgumentException(
          "%d labels do not fit %d rows".formatted(labels.length, source.rows()));
    }
  }

  /// Rows in memory.
  ///
  /// @param inputs [rows x columns], row-major: `inputs[row * columns + column]`
  public TrainingRows(float[] inputs, int rows, int columns, float[] weights, byte[] labels) {
    this(new InputRows.InMemory(inputs, rows, columns), weights, labels);
  }

  /// Rows in memory, without labels.
  public TrainingRows(float[] inputs, int rows, int columns, float[] weights) {
    this(inputs, rows, columns, weights, null);
  }

  /// Rows of equal weight.
  public TrainingRows(float[] inputs, int rows, int columns) {
    this(inputs, rows, columns, null);
  }

  /// Number of rows.
  public int rows() {
    return source.rows();
  }

  /// Number of inputs of the network.
  public int columns() {
    return source.columns();
  }

  /// The array behind rows in memory, [rows x columns].
  ///
  /// @throws IllegalStateException for rows that wait elsewhere
  public float[] inputs() {
    return switch (source) {
      case InputRows.InMemory memory -> memory.values();
      case InputRows.InWindows _, InputRows.InBlocks _ ->
          throw new IllegalStateException("The rows are in no array");
    };
  }
}
