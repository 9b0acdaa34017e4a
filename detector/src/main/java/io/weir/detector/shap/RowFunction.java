package io.weir.detector.shap;

/// A number per row, computed for many rows in one call.
public interface RowFunction {
  /// The most rows of one call.
  int maxRows();

  /// Where the rows are put before a call, [maxRows x values] row-major: the same array always.
  float[] rows();

  /// Computes the first `count` rows.
  ///
  /// @param count 1 to [#maxRows()]
  void compute(int count);

  /// The number of a row of the last call.
  double value(int row);
}
