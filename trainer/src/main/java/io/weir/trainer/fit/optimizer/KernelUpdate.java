package io.weir.trainer.fit.optimizer;

import io.weir.trainer.engine.kernel.Kernels;
import io.weir.trainer.engine.kernel.Panels;
import io.weir.trainer.engine.layer.PackedWeights;
import java.util.List;

/// The Adam update of a kernel and its bias, tile by tile: the gradient of a tile is summed over
/// all rows of the batch, and over all steps of a sequence, and used at once, while it is in the
/// cache. Each weight belongs to one tile, so the order of its sum is that of steps and rows,
/// whoever computes it.
public final class KernelUpdate implements WeightUpdate {
  /// Weight rows and columns in a tile whose gradient stays in the first cache.
  private static final int SMALL_ROWS = 64;

  private static final int SMALL_COLUMNS = 3 * Panels.WIDTH;

  /// Where there are several uses, a tile as large as the second cache takes, with a block of batch
  /// rows beside it: the uses do not fit in together, and a small tile would read them all again.
  private static final int LARGE_ROWS = 320;

  private static final int LARGE_COLUMNS = 192;
  private static final int BLOCK = 128;

  private final Kernels kernels;
  private final PackedWeights weights;
  private final List<Use> uses;
  private final boolean handsOn;
  private final int tileRows;
  private final int tileColumns;
  private final float[] mean;
  private final float[] variance;
  private final float[] biasMean;
  private final float[] biasVariance;

  /// Where a kernel was used: its gradient is `inputᵀ outputGradient`.
  ///
  /// @param input what entered, rows of `inputStride` floats
  /// @param outputGradient gradient before the activation, rows of `outputStride` floats
  public record Use(float[] input, int inputStride, float[] outputGradient, int outputStride) {}

  /// @param uses at least one; of a sequence one for each step
  /// @param handsOn whether the gradient of the input is wanted, for which the layer's transposed
  ///   kernel must follow
  public KernelUpdate(Kernels kernels, PackedWeights weights, List<Use> uses, boolean handsOn) {
    this.kernels = kernels;
    this.weights = weights;
    this.uses = List.copyOf(uses);
    this.handsOn = handsOn;
    int columns = weights.bias().length;
    boolean several = uses.size() > 1;
    tileRows = several ? LARGE_ROWS : SMALL_ROWS;
    tileColumns =
        several
            ? Panels.padded(Math.ceilDiv(columns, Math.ceilDiv(columns, LARGE_COLUMNS)))
            : SMALL_COLUMNS;
    mean = new float[weights.kernel().length];
    variance = new float[weights.kernel().length];
    biasMean = new float[weights.bias().length];
    biasVariance = new float[weights.bias().length];
  }

  @Override
  public int tiles() {
    return tilesDown() * Math.ceilDiv(weights.bias().length, tileColumns);
  }

  private int tilesDown() {
    return Math.ceilDiv(weights.kernelRows(), tileRows);
  }

  @Override
  public int scratch() {
    return tileRows * tileColumns;
  }

  /// As said there; the first tile of a column also updates its biases.
  @Override
  public void update(int tile, int rows, AdamStep adam, float[] scratch) {
    int from = tile % tilesDown() * tileRows;
    int to = Math.min(from + tileRows, weights.kernelRows());
    int column = tile / tilesDown() * tileColumns;
    int width = Math.min(tileColumns, weights.bias().length - column);
    kernelGradient(rows, from, to - from, column, width, scratch);
    for (int panel = 0; panel < width; panel += Panels.WIDTH) {
      int start = Panels.index(weights.kernelRows(), from, column + panel);
      int count = (to - from) * Panels.WIDTH;
      adam(adam, count, weights.kernel(), mean, variance, start, scratch, panel * tileRows);
      if (handsOn) {
        weights.refreshTransposed(from, to, column + panel);
      }
    }
    if (from == 0) {
      biasGradient(rows, column, width, scratch);
      adam(adam, width, weights.bias(), biasMean, biasVariance, column, scratch, 0);
    }
  }

  private void kernelGradient(
      int rows, int from, int count, int column, int width, float[] scratch) {
    int block = uses.size() > 1 ? BLOCK : rows;
    for (int i = 0; i < uses.size(); i++) {
      Use use = uses.get(i);
      for (int row = 0; row < rows; row += block) {
        kernels.transposedMultiply(
            Math.min(block, rows - row),
            count,
            width,
            use.input,
            row * use.inputStride + from,
            use.inputStride,
            use.outputGradient,
            row * use.outputStride + column,
            use.outputStride,
            scratch,
            tileRows,
            i + row > 0);
      }
    }
  }

  private void biasGradient(int rows, int column, int width, float[] scratch) {
    for (int i = 0; i < uses.size(); i++) {
      Use use = uses.get(i);
      int at = i == 0 ? 0 : tileColumns;
      kernels.columnSums(rows, width, use.outputGradient, column, use.outputStride, scratch, at);
      for (int j = 0; j < at && j < width; j++) {
        scratch[j] += scratch[at + j];
      }
    }
  }

  private void adam(
      AdamStep adam, int count, float[] w, float[] m, float[] v, int off, float[] g, int go) {
    kernels.adam(
        count, w, m, v, off, g, go, adam.decay1(), adam.decay2(), adam.step(), adam.epsilon());
  }
}
