package io.weir.trainer.data.bulk;

import java.util.Objects;

/// Rows in a temporary file, which is gone once nothing refers to them any more.
record FileRows(TemporaryFile file, int rows, int columns) implements RowValues {
  @Override
  public void read(int row, int count, float[] into, int at) {
    Objects.checkFromIndexSize(row, count, rows);
    Objects.checkFromIndexSize(at, count * columns, into.length);
    file.read((long) row * columns, into, at, count * columns);
  }
}
