package io.weir.trainer.engine.kernel;

import static io.weir.trainer.engine.kernel.Panels.WIDTH;
import static io.weir.trainer.engine.kernel.VectorMath.FLOATS;
import static io.weir.trainer.engine.kernel.VectorMath.LANES;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.zero;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// The Vector API twin. Every length from 128 to 512 bits divides a panel, so there are no tails
/// and no masks; sums are kept per 16th column whatever the length, so that all give the same bits.
final class VectorKernels extends Kernels {
  private final Kernels plain = new ScalarKernels();

  @Override
  public String name() {
    return "vector " + FLOATS.vectorBitSize() + " bits";
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
    VectorProducts.multiply(rows, depth, width, a, ao, lda, b, init, io, ldi, slope, c, co, ldc);
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
    VectorProducts.transposedMultiply(rows, tile, width, x, xo, ldx, d, off, ldd, g, tileRows, sum);
  }

  @Override
  public void transpose(int rows, int columns, float[] a, int ao, float[] b, int bo) {
    if (LANES == WIDTH) {
      Transposition.run(rows, columns, a, ao, b, bo);
    } else {
      plain.transpose(rows, columns, a, ao, b, bo);
    }
  }

  @Override
  public void columnSums(int rows, int width, float[] d, int off, int ldd, float[] sums, int so) {
    for (int j = 0; j < width; j += LANES) {
      FloatVector sum = zero(FLOATS);
      for (int r = 0; r < rows; r++) {
        sum = sum.add(fromArray(FLOATS, d, off + r * ldd + j));
      }
      sum.intoArray(sums, so + j);
    }
  }

  @Override
  public void leakyRelu(float[] y, int from, int count, float alpha) {
    for (int i = from; i < from + count; i += LANES) {
      FloatVector v = fromArray(FLOATS, y, i);
      v.mul(alpha).blend(v, v.compare(VectorOperators.GT, 0f)).intoArray(y, i);
    }
  }

  @Override
  public void leakyReluGradient(float[] y, float[] d, int from, int count, float alpha) {
    for (int i = from; i < from + count; i += LANES) {
      FloatVector g = fromArray(FLOATS, d, i);
      g.mul(alpha)
          .blend(g, fromArray(FLOATS, y, i).compare(VectorOperators.GT, 0f))
          .intoArray(d, i);
    }
  }

  @Override
  public void tanh(float[] y, int from, int count) {
    VectorMath.tanh(y, from, count);
  }

  @Override
  public void tanhGradient(float[] y, float[] d, int from, int count) {
    for (int i = from; i < from + count; i += LANES) {
      FloatVector v = fromArray(FLOATS, y, i);
      fromArray(FLOATS, d, i).mul(v.neg().fma(v, broadcast(FLOATS, 1f))).intoArray(d, i);
    }
  }

  @Override
  public void sigmoid(float[] y, int from, int count) {
    VectorMath.sigmoid(y, from, count);
  }

  @Override
  public void sigmoidGradient(float[] y, float[] d, int from, int count) {
    for (int i = from; i < from + count; i += LANES) {
      FloatVector v = fromArray(FLOATS, y, i);
      fromArray(FLOATS, d, i).mul(v.neg().fma(v, v)).intoArray(d, i);
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
    VectorLstm.cell(rows, width, gates, go, ldg, before, cell, tanh, co, ldc, h, ho, ldh);
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
    VectorLstm.gradient(rows, width, gates, go, ldg, before, tanh, dCell, co, ldc, dh, ho, ldh);
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
    VectorLosses.squaredError(rows, width, y, x, d, off, scale, w, wo, g, sums, so);
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
    VectorLosses.absoluteError(rows, width, y, x, d, off, scale, w, wo, g, sums, so);
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
    VectorLosses.crossEntropyOfLogits(rows, width, y, x, d, off, scale, w, wo, g, sums, so);
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
    VectorMath.exp(0.5f, logVariance, deviation, off, rows * width);
    for (int lane = 0; lane < WIDTH; lane += LANES) {
      FloatVector sum = zero(FLOATS);
      for (int r = 0; r < rows; r++) {
        for (int j = lane; j < width; j += WIDTH) {
          int i = off + r * width + j;
          FloatVector mu = fromArray(FLOATS, mean, i);
          FloatVector lv = fromArray(FLOATS, logVariance, i);
          FloatVector sd = fromArray(FLOATS, deviation, i);
          sd.fma(fromArray(FLOATS, noise, i), mu).intoArray(z, i);
          sum = sum.add(sd.neg().fma(sd, mu.neg().fma(mu, lv.add(1f))));
        }
      }
      sum.intoArray(sums, so + lane);
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
    FloatVector factor = broadcast(FLOATS, k);
    for (int i = off; i < off + count; i += LANES) {
      FloatVector sd = fromArray(FLOATS, deviation, i);
      FloatVector g = fromArray(FLOATS, dz, i);
      fromArray(FLOATS, mean, i).fma(factor, g).intoArray(dMean, i);
      FloatVector direct = g.mul(fromArray(FLOATS, noise, i).mul(sd));
      sd.fma(sd, broadcast(FLOATS, -1f)).fma(factor, direct).mul(0.5f).intoArray(dLogVariance, i);
    }
  }

  @Override
  public void normals(int count, int[] radius, int[] angle, float[] cosines, float[] sines) {
    VectorMath.uniforms(count, radius, sines);
    VectorMath.log(sines, 0, count);
    VectorMath.turn(count, angle, cosines, sines);
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
    FloatVector d1 = broadcast(FLOATS, decay1);
    FloatVector d2 = broadcast(FLOATS, decay2);
    for (int i = 0; i < count; i += LANES) {
      FloatVector gradient = fromArray(FLOATS, g, go + i);
      FloatVector m0 = fromArray(FLOATS, m, off + i);
      FloatVector v0 = fromArray(FLOATS, v, off + i);
      FloatVector m1 = gradient.sub(m0).fma(d1, m0);
      m1 = m1.blend(0f, m1.abs().lt(ScalarKernels.NEGLIGIBLE_MOMENT));
      FloatVector v1 = gradient.fma(gradient, v0.neg()).fma(d2, v0);
      v1 = v1.blend(0f, v1.lt(ScalarKernels.NEGLIGIBLE_MOMENT));
      m1.intoArray(m, off + i);
      v1.intoArray(v, off + i);
      FloatVector change = m1.mul(step).div(v1.sqrt().add(epsilon));
      fromArray(FLOATS, w, off + i).sub(change).intoArray(w, off + i);
    }
  }
}
