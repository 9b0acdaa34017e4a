package io.weir.trainer.engine.kernel;

/// The layout of matrices that are multiplied from the right: column panels of [#WIDTH] floats,
/// each panel stored row after row, the last one padded with zeros. Element (row, column) of a
/// matrix of `rows` rows is at `column / 16 * rows * 16 + row * 16 + column % 16`: walking down a
/// panel is a constant stride, which lets the compiler drop the range checks.
public final class Panels {
  /// Floats in a panel's row, and what the rows of activations are padded to: a multiple of every
  /// vector length up to 512 bits.
  public static final int WIDTH = 16;

  private Panels() {}

  /// The smallest multiple of [#WIDTH] that holds `columns`.
  public static int padded(int columns) {
    return (columns + WIDTH - 1) & -WIDTH;
  }

  /// Where an element of a matrix of `rows` rows is.
  public static int index(int rows, int row, int column) {
    return (column & -WIDTH) * rows + row * WIDTH + (column & (WIDTH - 1));
  }

  /// From row-major [rows x columns].
  public static void pack(float[] from, int rows, int columns, float[] panels) {
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        panels[index(rows, r, c)] = from[r * columns + c];
      }
    }
  }

  /// To row-major [rows x columns].
  public static void unpack(float[] panels, int rows, int columns, float[] to) {
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        to[r * columns + c] = panels[index(rows, r, c)];
      }
    }
  }
}
