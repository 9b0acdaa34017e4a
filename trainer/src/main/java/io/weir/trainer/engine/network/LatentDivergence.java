package io.weir.trainer.engine.network;

import io.weir.trainer.engine.kernel.Panels;
import java.util.Arrays;

/// The KL divergence of single rows and its gradient, for any [Prior]: the general twin of what
/// [io.weir.trainer.engine.kernel.Kernels#sample] and its gradient compute for the standard prior
/// and equally weighted rows. Reads [BatchBuffers#deviation], so it follows the sampling.
public final class LatentDivergence {
  private final int latent;
  private final int width;
  private final float[] means;
  private final float[] precisions;
  private final float[] constants;

  public LatentDivergence(Prior prior, int latent) {
    this.latent = latent;
    width = Panels.padded(latent);
    means = new float[latent];
    precisions = new float[latent];
    constants = new float[latent];
    for (int j = 0; j < latent; j++) {
      means[j] = (float) prior.mean(j);
      precisions[j] = (float) (1 / prior.variance(j));
      constants[j] = (float) (Math.log(prior.variance(j)) - 1);
    }
  }

  /// `divergences[r]`, the sum over the latents, for rows [from, to).
  public void measure(BatchBuffers b, int from, int to, float[] divergences) {
    float[] mean = b.mean.output();
    float[] logVariance = b.logVariance.output();
    for (int r = from; r < to; r++) {
      float doubled = 0;
      for (int j = 0; j < latent; j++) {
        int i = r * width + j;
        float away = mean[i] - means[j];
        float spread = b.deviation[i] * b.deviation[i];
        doubled += (away * away + spread) * precisions[j] - logVariance[i] + constants[j];
      }
      divergences[r] = 0.5f * doubled;
    }
  }

  /// Adds the gradient of `factors[r]` times the divergence of row r to the heads' gradients.
  void addGradient(BatchBuffers b, int from, int to, float[] factors) {
    float[] mean = b.mean.output();
    float[] dMean = b.mean.gradient();
    float[] dLogVariance = b.logVariance.gradient();
    for (int r = from; r < to; r++) {
      float k = factors[r];
      for (int j = 0; j < latent; j++) {
        int i = r * width + j;
        float spread = b.deviation[i] * b.deviation[i];
        dMean[i] += k * (mean[i] - means[j]) * precisions[j];
        dLogVariance[i] += 0.5f * k * (spread * precisions[j] - 1);
      }
    }
  }

  /// Puts `-2 weights[r] divergences[r]` where the kernels leave their sums.
  public static void sums(float[] divergences, float[] weights, int from, int to, float[] klSums) {
    for (int r = from; r < to; r++) {
      int block = r / BatchBuffers.ROW_BLOCK * Panels.WIDTH;
      if (r % BatchBuffers.ROW_BLOCK == 0) {
        Arrays.fill(klSums, block, block + Panels.WIDTH, 0f);
      }
      klSums[block + r % BatchBuffers.ROW_BLOCK] = -2 * weights[r] * divergences[r];
    }
  }
}
