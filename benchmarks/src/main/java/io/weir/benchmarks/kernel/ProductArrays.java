package io.weir.benchmarks.kernel;

import io.weir.trainer.engine.kernel.Kernels;
import io.weir.trainer.engine.kernel.Panels;
import java.util.Arrays;
import java.util.Random;

/// What the three products of a dense layer read and write, in the engine's layout.
final class ProductArrays {
  private static final int TILE_ROWS = 64;
  private static final int TILE_COLUMNS = 3 * Panels.WIDTH;

  private final ProductShape shape;
  private final int inputWidth;
  private final int outputWidth;
  private final float[] x;
  private final float[] w;
  private final float[] transposed;
  private final float[] bias;
  private final float[] zeros;
  private final float[] dy;
  final float[] y;
  final float[] dx;
  final float[] gradient;

  ProductArrays(ProductShape shape) {
    this.shape = shape;
    inputWidth = Panels.padded(shape.inputs());
    outputWidth = Panels.padded(shape.outputs());
    int rows = Math.ceilDiv(shape.rows(), Kernels.ROWS) * Kernels.ROWS;
    Random random = new Random(1);
    x = floats(random, rows * inputWidth);
    dy = floats(random, rows * outputWidth);
    w = new float[shape.inputs() * outputWidth];
    transposed = new float[shape.outputs() * inputWidth];
    for (int i = 0; i < shape.inputs(); i++) {
      for (int o = 0; o < shape.outputs(); o++) {
        float value = random.nextFloat() - 0.5f;
        w[Panels.index(shape.inputs(), i, o)] = value;
        transposed[Panels.index(shape.outputs(), o, i)] = value;
      }
    }
    bias = floats(random, outputWidth);
    zeros = new float[inputWidth];
    y = new float[rows * outputWidth];
    dx = new float[rows * inputWidth];
    gradient = new float[TILE_ROWS * TILE_COLUMNS];
  }

  private static float[] floats(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }

  /// `y = x W + b`.
  void forward(Kernels k) {
    k.multiply(
        shape.rows(),
        shape.inputs(),
        outputWidth,
        x,
        0,
        inputWidth,
        w,
        bias,
        0,
        0,
        1f,
        y,
        0,
        outputWidth);
  }

  /// `dx = dy Wᵀ`.
  void inputGradient(Kernels k) {
    k.multiply(
        shape.rows(),
        shape.outputs(),
        inputWidth,
        dy,
        0,
        outputWidth,
        transposed,
        zeros,
        0,
        0,
        1f,
        dx,
        0,
        inputWidth);
  }

  /// `dW = xᵀ dy`, tile after tile over the same memory, as the update does.
  void weightGradient(Kernels k) {
    for (int column = 0; column < outputWidth; column += TILE_COLUMNS) {
      int width = Math.min(TILE_COLUMNS, outputWidth - column);
      for (int row = 0; row < shape.inputs(); row += TILE_ROWS) {
        int tile = Math.min(TILE_ROWS, shape.inputs() - row);
        k.transposedMultiply(
            shape.rows(),
            tile,
            width,
            x,
            row,
            inputWidth,
            dy,
            column,
            outputWidth,
            gradient,
            TILE_ROWS,
            false);
      }
    }
  }

  /// Clears what [#weightGradient] may leave after the last tile's rows, which means nothing.
  void clearSurplus() {
    int rows = (shape.inputs() - 1) % TILE_ROWS + 1;
    for (int panel = 0; panel < TILE_COLUMNS; panel += Panels.WIDTH) {
      int start = panel * TILE_ROWS;
      Arrays.fill(gradient, start + rows * Panels.WIDTH, start + TILE_ROWS * Panels.WIDTH, 0f);
    }
  }
}
