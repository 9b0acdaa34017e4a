package io.weir.trainer.data.bulk;

/// A matrix of floats, [rows x columns], read by rows. Where it stands does not show in what it
/// gives. Safe for use by several threads.
public sealed interface RowValues permits HeapRows, FileRows, SelectedRows, WindowRows {
  /// Number of rows.
  int rows();

  /// Number of columns, at least 1.
  int columns();

  /// Copies rows `[row, row + count)` to `into[at]` and following, row-major.
  ///
  /// @throws IndexOutOfBoundsException for rows that are not there, or too small an array
  /// @throws io.weir.trainer.data.ask.DataException where the temporary file cannot be read
  void read(int row, int count, float[] into, int at);

  /// Rows in an array, which is used, not copied.
  ///
  /// @param values [rows x columns], row-major
  static RowValues of(float[] values, int columns) {
    return new HeapRows(values, columns);
  }

  /// The given rows of these, in the given order.
  default RowValues select(int[] rows) {
    return new SelectedRows(this, rows);
  }

  /// One row.
  default float[] row(int row) {
    float[] values = new float[columns()];
    read(row, 1, values, 0);
    return values;
  }

  /// All values in one array, row-major; where they stand in the heap as they are, it is their own.
  ///
  /// @throws OutOfMemoryError where they do not fit
  default float[] toArray() {
    float[] values = new float[Math.multiplyExact(rows(), columns())];
    read(0, rows(), values, 0);
    return values;
  }
}
