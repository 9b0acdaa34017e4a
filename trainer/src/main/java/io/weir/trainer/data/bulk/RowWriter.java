package io.weir.trainer.data.bulk;

/// Takes values in row-major order and makes rows of them.
public final class RowWriter {
  private static final int PIECE = 1 << 18;

  private final int rows;
  private final int columns;
  private final TemporaryFile file;
  private final float[] values;
  private long written;
  private int next;

  /// @throws io.weir.trainer.data.ask.DataException where the temporary file cannot be made
  public RowWriter(Storage storage, int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
    long all = (long) rows * columns;
    file =
        storage.inHeap(rows, columns)
            ? null
            : TemporaryFile.create(storage.directory(), all * Float.BYTES);
    values = new float[file == null ? (int) all : PIECE];
  }

  /// Adds a value.
  public void put(float value) {
    if (next == values.length) {
      flush();
    }
    values[next++] = value;
  }

  /// The rows, once all values are there.
  public RowValues finish() {
    if (written + next != (long) rows * columns) {
      throw new IllegalStateException(
          "%d values are not %d rows x %d columns".formatted(written + next, rows, columns));
    }
    if (file == null) {
      return RowValues.of(values, columns);
    }
    flush();
    return new FileRows(file, rows, columns);
  }

  private void flush() {
    if (file == null) {
      throw new IllegalStateException("More than %d rows".formatted(rows));
    }
    file.append(values, next);
    written += next;
    next = 0;
  }
}
