package io.weir.trainer.fit.loss;

import io.weir.trainer.engine.kernel.Kernels;
import io.weir.trainer.engine.kernel.Panels;
import io.weir.trainer.engine.network.BatchBuffers;
import io.weir.trainer.engine.network.Network.Output;
import java.util.Arrays;

/// The reconstruction loss of a batch's rows and its gradient with respect to the output.
public final class ReconstructionPass {
  private final Kernels kernels;
  private final Reconstruction reconstruction;
  private final int width;
  private final float[] scale;

  /// @param columns of the output
  public ReconstructionPass(Kernels kernels, Objective objective, int columns) {
    this.kernels = kernels;
    reconstruction = objective.reconstruction();
    width = Panels.padded(columns);
    scale = new float[width];
    float perElement =
        switch (objective.reconstructionReduction()) {
          case MEAN -> 1f / columns;
          case SUM -> 1f;
        };
    Arrays.fill(scale, 0, columns, perElement);
  }

  /// What the network must leave in its output buffer: cross-entropy starts from the logits, where
  /// it is exact for probabilities near 0 and 1.
  public Output output() {
    return switch (reconstruction) {
      case MSE, L1 -> Output.ACTIVATED;
      case BCE -> Output.LOGITS;
    };
  }

  /// @param weights [rows] of each row
  /// @param gradientFactor of the gradient only, such as 1 / rows of the batch
  /// @param sums partial sums of each block of [BatchBuffers#ROW_BLOCK] rows, [Panels#WIDTH] a
  ///   block
  public void run(
      BatchBuffers b, int from, int to, float[] weights, float gradientFactor, float[] sums) {
    float[] y = b.outputs();
    float[] x = b.inputs();
    float[] d = b.outputGradient();
    for (int r = from; r < to; r += BatchBuffers.ROW_BLOCK) {
      int rows = Math.min(BatchBuffers.ROW_BLOCK, to - r);
      int off = r * width;
      int so = r / BatchBuffers.ROW_BLOCK * Panels.WIDTH;
      switch (reconstruction) {
        case MSE ->
            kernels.squaredError(
                rows, width, y, x, d, off, scale, weights, r, gradientFactor, sums, so);
        case L1 ->
            kernels.absoluteError(
                rows, width, y, x, d, off, scale, weights, r, gradientFactor, sums, so);
        case BCE ->
            kernels.crossEntropyOfLogits(
                rows, width, y, x, d, off, scale, weights, r, gradientFactor, sums, so);
      }
    }
  }
}
