package io.weir.trainer.engine.kernel;

import static io.weir.trainer.engine.kernel.Panels.WIDTH;

/// The losses of [ScalarKernels]; the parameters are explained in [Kernels].
final class ScalarLosses {
  static final float MAX_LOGIT = 16.118095f;

  private ScalarLosses() {}

  static void squaredError(
      int rows,
      int width,
      float[] y,
      float[] x,
      float[] d,
      int off,
      float[] scale,
      float[] w,
      int wo,
      float g,
      float[] sums,
      int so) {
    for (int lane = 0; lane < WIDTH; lane++) {
      float sum = 0;
      for (int r = 0; r < rows; r++) {
        for (int j = lane; j < width; j += WIDTH) {
          int i = off + r * width + j;
          float s = scale[j] * w[wo + r];
          float e = y[i] - x[i];
          float se = s * e;
          sum = Math.fma(se, e, sum);
          d[i] = se * (2f * g);
        }
      }
      sums[so + lane] = sum;
    }
  }

  static void absoluteError(
      int rows,
      int width,
      float[] y,
      float[] x,
      float[] d,
      int off,
      float[] scale,
      float[] w,
      int wo,
      float g,
      float[] sums,
      int so) {
    for (int lane = 0; lane < WIDTH; lane++) {
      float sum = 0;
      for (int r = 0; r < rows; r++) {
        for (int j = lane; j < width; j += WIDTH) {
          int i = off + r * width + j;
          float s = scale[j] * w[wo + r];
          float e = y[i] - x[i];
          sum = Math.fma(s, Math.abs(e), sum);
          float sg = s * g;
          d[i] = e > 0 ? sg : e < 0 ? -sg : 0f;
        }
      }
      sums[so + lane] = sum;
    }
  }

  static void crossEntropyOfLogits(
      int rows,
      int width,
      float[] y,
      float[] x,
      float[] d,
      int off,
      float[] scale,
      float[] w,
      int wo,
      float g,
      float[] sums,
      int so) {
    for (int lane = 0; lane < WIDTH; lane++) {
      float sum = 0;
      for (int r = 0; r < rows; r++) {
        for (int j = lane; j < width; j += WIDTH) {
          int i = off + r * width + j;
          float s = scale[j] * w[wo + r];
          float q = Math.min(Math.max(y[i], -MAX_LOGIT), MAX_LOGIT);
          float e = FloatMath.exp(-Math.abs(q));
          sum = Math.fma(s, Math.fma(-q, x[i], Math.max(q, 0f)), sum);
          y[i] = e + 1f;
          float p = (q < 0 ? e : 1f) / y[i];
          d[i] = (p - x[i]) * (s * g);
        }
      }
      for (int r = 0; r < rows; r++) {
        for (int j = lane; j < width; j += WIDTH) {
          int i = off + r * width + j;
          y[i] = FloatMath.log(y[i]);
          sum = Math.fma(scale[j] * w[wo + r], y[i], sum);
        }
      }
      sums[so + lane] = sum;
    }
  }
}
