package io.weir.trainer.data.bulk;

import java.util.Objects;

/// Some rows of others. Rows that ascend are read together with those between them, in one piece of
/// limited size: files are read from front to back.
final class SelectedRows implements RowValues {
  /// Values of the largest piece.
  private static final int PIECE = 1 << 18;

  private final RowValues all;
  private final int[] selected;

  SelectedRows(RowValues all, int[] selected) {
    this.all = all;
    this.selected = selected;
  }

  @Override
  public int rows() {
    return selected.length;
  }

  @Override
  public int columns() {
    return all.columns();
  }

  @Override
  public void read(int row, int count, float[] into, int at) {
    Objects.checkFromIndexSize(row, count, selected.length);
    int columns = columns();
    int longest = Math.max(1, PIECE / columns);
    float[] piece = null;
    int next = row;
    while (next < row + count) {
      int first = selected[next];
      int end = next + 1;
      while (end < row + count
          && selected[end] > selected[end - 1]
          && selected[end] - first < longest) {
        end++;
      }
      int to = at + (next - row) * columns;
      int span = selected[end - 1] - first + 1;
      if (span == end - next) {
        all.read(first, span, into, to);
      } else {
        piece = piece == null ? new float[longest * columns] : piece;
        all.read(first, span, piece, 0);
        for (int i = next; i < end; i++) {
          System.arraycopy(
              piece, (selected[i] - first) * columns, into, to + (i - next) * columns, columns);
        }
      }
      next = end;
    }
  }
}
