package io.weir.trainer.fit.loss;

import io.weir.trainer.engine.kernel.FloatMath;
import io.weir.trainer.engine.kernel.GaussianLoss;
import io.weir.trainer.engine.kernel.Kernels;
import io.weir.trainer.engine.kernel.Panels;
import io.weir.trainer.engine.network.BatchBuffers;
import io.weir.trainer.engine.network.Network.Output;
import java.util.Arrays;

/// The reconstruction loss of a batch's rows and its gradient with respect to the output.
public final class ReconstructionPass {
  /// Keras clips probabilities to [1e-7, 1 - 1e-7]; these are their logits.
  private static final float LARGEST_LOGIT = (float) Math.log((1 - 1e-7) / 1e-7);

  private final Kernels kernels;
  private final Reconstruction reconstruction;
  private final int columns;
  private final int width;
  private final float[] scale;

  /// @param columns of the output
  public ReconstructionPass(Kernels kernels, Objective objective, int columns) {
    this.kernels = kernels;
    this.columns = columns;
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
      case MSE, L1, GAUSSIAN -> Output.ACTIVATED;
      case BCE -> Output.LOGITS;
    };
  }

  /// Losses and gradients. May use the output buffer as working memory.
  ///
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
        case GAUSSIAN ->
            GaussianLoss.run(
                rows,
                width,
                y,
                b.outputLogVariance().output(),
                x,
                d,
                b.outputLogVariance().gradient(),
                off,
                Reconstruction.LARGEST_LOG_VARIANCE,
                scale,
                weights,
                r,
                gradientFactor,
                sums,
                so);
      }
    }
  }

  /// The loss of each row, not weighted, from what the network left: to be called before [#run].
  public void measure(BatchBuffers b, int from, int to, float[] losses) {
    for (int r = from; r < to; r++) {
      float sum = 0;
      for (int i = r * width; i < r * width + columns; i++) {
        sum += element(b, i);
      }
      losses[r] = sum * scale[0];
    }
  }

  private float element(BatchBuffers b, int i) {
    float y = b.outputs()[i];
    float x = b.inputs()[i];
    return switch (reconstruction) {
      case MSE -> (y - x) * (y - x);
      case L1 -> Math.abs(y - x);
      case BCE -> crossEntropyOfLogit(y, x);
      case GAUSSIAN -> {
        float bound = Reconstruction.LARGEST_LOG_VARIANCE;
        float s = Math.clamp(b.outputLogVariance().output()[i], -bound, bound);
        yield 0.5f * (s + (y - x) * (y - x) * FloatMath.exp(-s));
      }
    };
  }

  /// `-x ln(p) - (1 - x) ln(1 - p)`, p the sigmoid of the logit, clipped as Keras does.
  static float crossEntropyOfLogit(float logit, float x) {
    float z = Math.clamp(logit, -LARGEST_LOGIT, LARGEST_LOGIT);
    return Math.max(z, 0) - x * z + FloatMath.log(1 + FloatMath.exp(-Math.abs(z)));
  }
}
