package io.weir.trainer.engine.kernel;

/// Softmax over the columns of each row. Rows are too few and too short to be worth vectors; the
/// same bits with every kernel.
public final class Softmax {
  private Softmax() {}

  /// In place on [rows x columns] of rows of `width` floats; padding becomes 0.
  public static void forward(int rows, int columns, int width, float[] y, int off) {
    for (int row = off; row < off + rows * width; row += width) {
      float largest = y[row];
      for (int j = 1; j < columns; j++) {
        largest = Math.max(largest, y[row + j]);
      }
      float sum = 0;
      for (int j = 0; j < columns; j++) {
        y[row + j] = FloatMath.exp(y[row + j] - largest);
        sum += y[row + j];
      }
      for (int j = 0; j < columns; j++) {
        y[row + j] /= sum;
      }
      for (int j = columns; j < width; j++) {
        y[row + j] = 0;
      }
    }
  }

  /// `d = y (d - sum(y d))` for y from [#forward].
  public static void backward(int rows, int columns, int width, float[] y, float[] d, int off) {
    for (int row = off; row < off + rows * width; row += width) {
      float sum = 0;
      for (int j = 0; j < columns; j++) {
        sum += y[row + j] * d[row + j];
      }
      for (int j = 0; j < columns; j++) {
        d[row + j] = y[row + j] * (d[row + j] - sum);
      }
      for (int j = columns; j < width; j++) {
        d[row + j] = 0;
      }
    }
  }
}
