package io.weir.trainer.data.prepare;

import io.weir.trainer.data.bulk.RowValues;
import java.util.Arrays;

/// Some columns of a matrix, without what is missing.
final class PresentValues {
  /// Values of the rows that are read in one piece.
  private static final int PIECE = 1 << 16;

  private PresentValues() {}

  /// The values that are not NaN, in row order, of columns `[first, first + count)`.
  static float[][] of(RowValues raw, int first, int count) {
    int columns = raw.columns();
    int piece = Math.max(1, PIECE / columns);
    float[] rows = new float[piece * columns];
    float[][] present = new float[count][raw.rows()];
    int[] found = new int[count];
    for (int from = 0; from < raw.rows(); from += piece) {
      int some = Math.min(piece, raw.rows() - from);
      raw.read(from, some, rows, 0);
      for (int c = 0; c < count; c++) {
        float[] column = present[c];
        int next = found[c];
        for (int row = 0; row < some; row++) {
          float value = rows[row * columns + first + c];
          if (!Float.isNaN(value)) {
            column[next++] = value;
          }
        }
        found[c] = next;
      }
    }
    for (int c = 0; c < count; c++) {
      present[c] = found[c] == raw.rows() ? present[c] : Arrays.copyOf(present[c], found[c]);
    }
    return present;
  }
}
