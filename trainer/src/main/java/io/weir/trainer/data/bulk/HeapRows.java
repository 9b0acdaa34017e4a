package io.weir.trainer.data.bulk;

import java.util.Objects;

/// Rows in one array.
record HeapRows(float[] values, int rows, int columns) implements RowValues {
  HeapRows(float[] values, int columns) {
    this(values, values.length / columns, columns);
    if (values.length % columns != 0) {
      throw new IllegalArgumentException(
          "%d values are not rows of %d columns".formatted(values.length, columns));
    }
  }

  @Override
  public void read(int row, int count, float[] into, int at) {
    Objects.checkFromIndexSize(row, count, rows);
    System.arraycopy(values, row * columns, into, at, count * columns);
  }

  @Override
  public float[] toArray() {
    return values;
  }
}
