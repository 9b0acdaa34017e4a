package io.weir.trainer.engine.kernel;

import static io.weir.trainer.engine.kernel.Panels.WIDTH;

/// The plain twin: what the kernels mean, and what runs where the Vector API is absent.
final class ScalarKernels extends Kernels {
  static final float NEGLIGIBLE_MOMENT = 1e-30f;

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public void multiply(
      int rows,
      int depth,
      int width,
      float[] a,
      int ao,
      int lda,
      float[] b,
      float[] init,
      int io,
      int ldi,
      float slope,
      float[] c,
      int co,
      int ldc) {
    for (int r = 0; r < rows; r++) {
      for (int panel = 0; panel < width; panel += WIDTH) {
        int ci = co + r * ldc + panel;
        System.arraycopy(init, io + r * ldi + panel, c, ci, WIDTH);
        for (int k = 0; k < depth; k++) {
          float x = a[ao + r * lda + k];
          int bi = panel * depth + k * WIDTH;
          for (int j = 0; j < WIDTH; j++) {
            c[ci + j] = Math.fma(x, b[bi + j], c[ci + j]);
          }
        }
        leakyRelu(c, ci, WIDTH, slope);
      }
    }
  }

  @Override
  public void transposedMultiply(
      int rows,
      int tile,
      int width,
      float[] x,
      int xo,
      int ldx,
      float[] d,
      int off,
      int ldd,
      float[] g,
      int tileRows,
      boolean sum) {
    for (int panel = 0; panel < width; panel += WIDTH) {
      for (int i = 0; i < tile; i++) {
        int gi = panel * tileRows + i * WIDTH;
        for (int j = 0; j < WIDTH; j++) {
          g[gi + j] = sum ? g[gi + j] : 0f;
        }
        for (int r = 0; r < rows; r++) {
          float v = x[xo + r * ldx + i];
          int di = off + r * ldd + panel;
          for (int j = 0; j < WIDTH; j++) {
            g[gi + j] = Math.fma(v, d[di + j], g[gi + j]);
          }
        }
      }
    }
  }

  @Override
  public void transpose(int rows, int columns, float[] a, int ao, float[] b, int bo) {
    for (int c = 0; c < columns; c++) {
      for (int r = 0; r < WIDTH; r++) {
        b[bo + c * WIDTH + r] = r < rows ? a[ao + r * WIDTH + c] : 0f;
      }
    }
  }

  @Override
  public void columnSums(int rows, int width, float[] d, int off, int ldd, float[] sums, int so) {
    for (int j = 0; j < width; j++) {
      float sum = 0;
      for (int r = 0; r < rows; r++) {
        sum += d[off + r * ldd + j];
      }
      sums[so + j] = sum;
    }
  }

  @Override
  public void leakyRelu(float[] y, int from, int count, float alpha) {
    for (int i = from; i < from + count; i++) {
      y[i] = y[i] > 0 ? y[i] : y[i] * alpha;
    }
  }

  @Override
  public void leakyReluGradient(float[] y, float[] d, int from, int count, float alpha) {
    for (int i = from; i < from + count; i++) {
      d[i] = y[i] > 0 ? d[i] : d[i] * alpha;
    }
  }

  @Override
  public void tanh(float[] y, int from, int count) {
    for (int i = from; i < from + count; i++) {
      y[i] = FloatMath.tanh(y[i]);
    }
  }

  @Override
  public void tanhGradient(float[] y, float[] d, int from, int count) {
    for (int i = from; i < from + count; i++) {
      d[i] *= Math.fma(-y[i], y[i], 1f);
    }
  }

  @Override
  public void sigmoid(float[] y, int from, int count) {
    for (int i = from; i < from + count; i++) {
      y[i] = FloatMath.sigmoid(y[i]);
    }
  }

  @Override
  public void sigmoidGradient(float[] y, float[] d, int from, int count) {
    for (int i = from; i < from + count; i++) {
      d[i] *= Math.fma(-y[i], y[i], y[i]);
    }
  }

  @Override
  public void lstmCell(
      int rows,
      int width,
      float[] gates,
      int go,
      int ldg,
      float[] before,
      float[] cell,
      float[] tanh,
      int co,
      int ldc,
      float[] h,
      int ho,
      int ldh) {
    ScalarLstm.cell(rows, width, gates, go, ldg, before, cell, tanh, co, ldc, h, ho, ldh);
  }

  @Override
  public void lstmCellGradient(
      int rows,
      int width,
      float[] gates,
      int go,
      int ldg,
      float[] before,
      float[] tanh,
      float[] dCell,
      int co,
      int ldc,
      float[] dh,
      int ho,
      int ldh) {
    ScalarLstm.gradient(rows, width, gates, go, ldg, before, tanh, dCell, co, ldc, dh, ho, ldh);
  }

  @Override
  public void squaredError(
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
    ScalarLosses.squaredError(rows, width, y, x, d, off, scale, w, wo, g, sums, so);
  }

  @Override
  public void absoluteError(
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
    ScalarLosses.absoluteError(rows, width, y, x, d, off, scale, w, wo, g, sums, so);
  }

  @Override
  public void crossEntropyOfLogits(
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
    ScalarLosses.crossEntropyOfLogits(rows, width, y, x, d, off, scale, w, wo, g, sums, so);
  }

  @Override
  public void sample(
      int rows,
      int width,
      float[] mean,
      float[] logVariance,
      float[] noise,
      float[] deviation,
      float[] z,
      int off,
      float[] sums,
      int so) {
    for (int lane = 0; lane < WIDTH; lane++) {
      float sum = 0;
      for (int r = 0; r < rows; r++) {
        for (int j = lane; j < width; j += WIDTH) {
          int i = off + r * width + j;
          float mu = mean[i];
          float lv = logVariance[i];
          float sd = FloatMath.exp(lv * 0.5f);
          deviation[i] = sd;
          z[i] = Math.fma(sd, noise[i], mu);
          sum += Math.fma(-sd, sd, Math.fma(-mu, mu, lv + 1f));
        }
      }
      sums[so + lane] = sum;
    }
  }

  @Override
  public void sampleGradient(
      int count,
      float[] dz,
      float[] mean,
      float[] noise,
      float[] deviation,
      float[] dMean,
      float[] dLogVariance,
      int off,
      float k) {
    for (int i = off; i < off + count; i++) {
      float sd = deviation[i];
      float g = dz[i];
      dMean[i] = Math.fma(mean[i], k, g);
      dLogVariance[i] = Math.fma(Math.fma(sd, sd, -1f), k, g * (noise[i] * sd)) * 0.5f;
    }
  }

  @Override
  public void normals(int count, int[] radius, int[] angle, float[] cosines, float[] sines) {
    for (int i = 0; i < count; i++) {
      float u = ((radius[i] >>> 8) + 0.5f) * 0x1p-24f;
      float v = (angle[i] >> 8) * 0x1p-23f;
      float r = (float) Math.sqrt(FloatMath.log(u) * -2f);
      float h = 0.5f - Math.abs(v);
      float f = 0.5f - Math.abs(h);
      float sine = FloatMath.sinPi(f);
      cosines[i] = r * FloatMath.sinPi(h);
      sines[i] = r * (v < 0 ? -sine : sine);
    }
  }

  @Override
  public void adam(
      int count,
      float[] w,
      float[] m,
      float[] v,
      int off,
      float[] g,
      int go,
      float decay1,
      float decay2,
      float step,
      float epsilon) {
    for (int i = 0; i < count; i++) {
      float gradient = g[go + i];
      float m1 = Math.fma(gradient - m[off + i], decay1, m[off + i]);
      float v1 = Math.fma(Math.fma(gradient, gradient, -v[off + i]), decay2, v[off + i]);
      m1 = Math.abs(m1) < NEGLIGIBLE_MOMENT ? 0f : m1;
      v1 = v1 < NEGLIGIBLE_MOMENT ? 0f : v1;
      m[off + i] = m1;
      v[off + i] = v1;
      w[off + i] -= m1 * step / ((float) Math.sqrt(v1) + epsilon);
    }
  }
}
