package io.weir.trainer.engine.kernel;

/// The negative log-likelihood of normal distributions with learned variance. Plain loops, the same
/// bits with every kernel.
public final class GaussianLoss {
  private GaussianLoss() {}

  /// `e = w_r scale_j (s + (y - x)² exp(-s)) / 2`, s clipped to ±bound, and its gradients d of y
  /// and ds of s, over [rows x width]; the other parameters as in [Kernels#squaredError].
  public static void run(
      int rows,
      int width,
      float[] y,
      float[] s,
      float[] x,
      float[] d,
      float[] ds,
      int off,
      float bound,
      float[] scale,
      float[] w,
      int wo,
      float g,
      float[] sums,
      int so) {
    for (int lane = 0; lane < Panels.WIDTH; lane++) {
      sums[so + lane] = 0;
    }
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < width; j++) {
        int i = off + r * width + j;
        float weight = scale[j] * w[wo + r];
        float logVariance = Math.min(Math.max(s[i], -bound), bound);
        float precision = FloatMath.exp(-logVariance);
        float away = y[i] - x[i];
        float share = away * away * precision;
        sums[so + j % Panels.WIDTH] += 0.5f * weight * (logVariance + share);
        d[i] = g * weight * away * precision;
        ds[i] = logVariance == s[i] ? 0.5f * g * weight * (1 - share) : 0f;
      }
    }
  }
}
