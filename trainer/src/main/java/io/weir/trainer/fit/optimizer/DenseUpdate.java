package io.weir.trainer.fit.optimizer;

import io.weir.trainer.engine.kernel.Kernels;
import io.weir.trainer.engine.kernel.Panels;
import io.weir.trainer.engine.layer.DenseLayer;

/// The Adam update of a dense layer, tile by tile: the gradient of a tile is summed over all rows
/// of the batch and used at once, while it is in the cache. Each weight belongs to one tile, so the
/// order of its sum is that of the rows, whoever computes it.
public final class DenseUpdate implements WeightUpdate {
  /// Weight rows in a tile.
  static final int TILE_ROWS = 64;

  /// Weight columns in a tile.
  static final int TILE_COLUMNS = 3 * Panels.WIDTH;

  private final Kernels kernels;
  private final DenseLayer layer;
  private final float[] input;
  private final float[] outputGradient;
  private final boolean handsOn;
  private final float[] mean;
  private final float[] variance;
  private final float[] biasMean;
  private final float[] biasVariance;

  /// @param input what entered the layer, [rows x inputWidth]
  /// @param outputGradient gradient before its activation, [rows x outputWidth]
  /// @param handsOn whether the gradient of the input is wanted, for which the layer's transposed
  ///   kernel must follow
  public DenseUpdate(
      Kernels kernels, DenseLayer layer, float[] input, float[] outputGradient, boolean handsOn) {
    this.kernels = kernels;
    this.layer = layer;
    this.input = input;
    this.outputGradient = outputGradient;
    this.handsOn = handsOn;
    mean = new float[layer.kernel().length];
    variance = new float[layer.kernel().length];
    biasMean = new float[layer.bias().length];
    biasVariance = new float[layer.bias().length];
  }

  @Override
  public int tiles() {
    return tilesDown() * ((layer.outputWidth() + TILE_COLUMNS - 1) / TILE_COLUMNS);
  }

  private int tilesDown() {
    return (layer.spec().inputs() + TILE_ROWS - 1) / TILE_ROWS;
  }

  /// Floats that [#update] needs to work in.
  public static int scratch() {
    return TILE_ROWS * TILE_COLUMNS;
  }

  /// As said there; the first tile of a column also updates its biases.
  @Override
  public void update(int tile, int rows, AdamStep adam, float[] scratch) {
    int inputs = layer.spec().inputs();
    int from = tile % tilesDown() * TILE_ROWS;
    int to = Math.min(from + TILE_ROWS, inputs);
    int column = tile / tilesDown() * TILE_COLUMNS;
    int width = Math.min(TILE_COLUMNS, layer.outputWidth() - column);
    kernels.transposedMultiply(
        rows,
        to - from,
        width,
        input,
        from,
        layer.inputWidth(),
        outputGradient,
        column,
        layer.outputWidth(),
        scratch,
        TILE_ROWS);
    for (int panel = 0; panel < width; panel += Panels.WIDTH) {
      int start = Panels.index(inputs, from, column + panel);
      int count = (to - from) * Panels.WIDTH;
      adam(adam, count, layer.kernel(), mean, variance, start, scratch, panel * TILE_ROWS);
      if (handsOn) {
        layer.refreshTransposed(from, to, column + panel);
      }
    }
    if (from == 0) {
      kernels.columnSums(rows, width, outputGradient, column, layer.outputWidth(), scratch, 0);
      adam(adam, width, layer.bias(), biasMean, biasVariance, column, scratch, 0);
    }
  }

  private void adam(
      AdamStep adam, int count, float[] w, float[] m, float[] v, int off, float[] g, int go) {
    kernels.adam(
        count, w, m, v, off, g, go, adam.decay1(), adam.decay2(), adam.step(), adam.epsilon());
  }
}
