package io.weir.trainer.data.bulk;

/// Rows brought into another order and kept that way: neighbours in the new order are neighbours
/// where they stand, so that they can be read in one piece.
public final class RowOrder {
  /// Values that are read in one piece.
  private static final int PIECE = 1 << 18;

  /// Values that are put in order at once, 128 MiB.
  private static final int TOGETHER = 1 << 25;

  private RowOrder() {}

  /// The rows `order[0], order[1], ...`, each row once.
  ///
  /// @param storage where they wait
  /// @throws io.weir.trainer.data.ask.DataException where there is no place for them
  public static RowValues of(RowValues rows, int[] order, Storage storage) {
    return of(rows, order, storage, TOGETHER);
  }

  /// @param together values that are put in order at once: rows are read from front to back as many
  ///   times as it takes
  static RowValues of(RowValues rows, int[] order, Storage storage, int together) {
    if (isIdentity(order, rows.rows())) {
      return rows;
    }
    int columns = rows.columns();
    int[] target = new int[order.length];
    for (int to = 0; to < order.length; to++) {
      target[order[to]] = to;
    }
    RowWriter writer = new RowWriter(storage, order.length, columns);
    int chunk = Math.clamp(together / columns, 1, Math.max(1, order.length));
    float[] values = new float[chunk * columns];
    int read = Math.max(1, PIECE / columns);
    float[] piece = new float[Math.min(read, order.length) * columns];
    for (int start = 0; start < order.length; start += chunk) {
      int count = Math.min(chunk, order.length - start);
      int from = order[start];
      int to = from;
      for (int i = start; i < start + count; i++) {
        from = Math.min(from, order[i]);
        to = Math.max(to, order[i] + 1);
      }
      for (int row = from; row < to; row += read) {
        int some = Math.min(read, to - row);
        rows.read(row, some, piece, 0);
        for (int i = 0; i < some; i++) {
          int at = target[row + i] - start;
          if (at >= 0 && at < count) {
            System.arraycopy(piece, i * columns, values, at * columns, columns);
          }
        }
      }
      for (int i = 0; i < count * columns; i++) {
        writer.put(values[i]);
      }
    }
    return writer.finish();
  }

  private static boolean isIdentity(int[] order, int rows) {
    boolean identity = order.length == rows;
    for (int i = 0; identity && i < rows; i++) {
      identity = order[i] == i;
    }
    return identity;
  }
}
