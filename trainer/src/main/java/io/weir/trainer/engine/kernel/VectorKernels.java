package io.weir.trainer.engine.kernel;

import static io.weir.trainer.engine.kernel.Panels.WIDTH;
import static io.weir.trainer.engine.kernel.VectorMath.FLOATS;
import static io.weir.trainer.engine.kernel.VectorMath.INTS;
import static io.weir.trainer.engine.kernel.VectorMath.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// The Vector API twin. Every length from 128 to 512 bits divides a panel, so there are no tails
/// and no masks; sums are kept per 16th column whatever the length, so that all give the same bits.
final class VectorKernels extends Kernels {
  /// Short vectors come with 16 registers on x86, which hold 4 x 3 sums but not 8 x 3.
  private static final boolean TALL = LANES == WIDTH;

  @Override
  public String name() {
    return "vector " + FLOATS.vectorBitSize() + " bits";
  }

  private static FloatVector load(float[] from, int offset) {
    return FloatVector.fromArray(FLOATS, from, offset);
  }

  private static FloatVector all(float value) {
    return FloatVector.broadcast(FLOATS, value);
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
      float[] c,
      int co,
      int ldc) {
    for (int n = 0; n < width; ) {
      int vectors = Math.min(3, (width - n) / LANES);
      int r = 0;
      if (TALL) {
        for (; r + ROWS < rows; r += 8) {
          int ai = ao + r * lda;
          int ii = io + r * ldi + n;
          int ci = co + r * ldc + n;
          switch (vectors) {
            case 1 -> MultiplyTiles.tile8x1(depth, a, ai, lda, b, n, init, ii, ldi, c, ci, ldc);
            case 2 -> MultiplyTiles.tile8x2(depth, a, ai, lda, b, n, init, ii, ldi, c, ci, ldc);
            default -> MultiplyTiles.tile8x3(depth, a, ai, lda, b, n, init, ii, ldi, c, ci, ldc);
          }
        }
      }
      for (; r < rows; r += ROWS) {
        int ai = ao + r * lda;
        int ii = io + r * ldi + n;
        int ci = co + r * ldc + n;
        switch (vectors) {
          case 1 -> MultiplyTiles.tile4x1(depth, a, ai, lda, b, n, init, ii, ldi, c, ci, ldc);
          case 2 -> MultiplyTiles.tile4x2(depth, a, ai, lda, b, n, init, ii, ldi, c, ci, ldc);
          default -> MultiplyTiles.tile4x3(depth, a, ai, lda, b, n, init, ii, ldi, c, ci, ldc);
        }
      }
      n += vectors * LANES;
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
      int tileRows) {
    for (int n = 0; n < width; ) {
      int vectors = Math.min(3, (width - n) / LANES);
      int k = 0;
      if (TALL) {
        for (; k + ROWS < tile; k += 8) {
          switch (vectors) {
            case 1 ->
                TransposedTiles.tile8x1(rows, x, xo + k, ldx, d, off + n, ldd, g, tileRows, k, n);
            case 2 ->
                TransposedTiles.tile8x2(rows, x, xo + k, ldx, d, off + n, ldd, g, tileRows, k, n);
            default ->
                TransposedTiles.tile8x3(rows, x, xo + k, ldx, d, off + n, ldd, g, tileRows, k, n);
          }
        }
      }
      for (; k < tile; k += ROWS) {
        switch (vectors) {
          case 1 ->
              TransposedTiles.tile4x1(rows, x, xo + k, ldx, d, off + n, ldd, g, tileRows, k, n);
          case 2 ->
              TransposedTiles.tile4x2(rows, x, xo + k, ldx, d, off + n, ldd, g, tileRows, k, n);
          default ->
              TransposedTiles.tile4x3(rows, x, xo + k, ldx, d, off + n, ldd, g, tileRows, k, n);
        }
      }
      n += vectors * LANES;
    }
  }

  @Override
  public void columnSums(int rows, int width, float[] d, int off, int ldd, float[] sums, int so) {
    for (int j = 0; j < width; j += LANES) {
      FloatVector sum = FloatVector.zero(FLOATS);
      for (int r = 0; r < rows; r++) {
        sum = sum.add(load(d, off + r * ldd + j));
      }
      sum.intoArray(sums, so + j);
    }
  }

  @Override
  public void leakyRelu(float[] y, int from, int count, float alpha) {
    for (int i = from; i < from + count; i += LANES) {
      FloatVector v = load(y, i);
      v.mul(alpha).blend(v, v.compare(VectorOperators.GT, 0f)).intoArray(y, i);
    }
  }

  @Override
  public void leakyReluGradient(float[] y, float[] d, int from, int count, float alpha) {
    for (int i = from; i < from + count; i += LANES) {
      FloatVector g = load(d, i);
      g.mul(alpha).blend(g, load(y, i).compare(VectorOperators.GT, 0f)).intoArray(d, i);
    }
  }

  @Override
  public void tanh(float[] y, int from, int count) {
    for (int i = from; i < from + count; i += LANES) {
      VectorMath.tanh(load(y, i)).intoArray(y, i);
    }
  }

  @Override
  public void tanhGradient(float[] y, float[] d, int from, int count) {
    for (int i = from; i < from + count; i += LANES) {
      FloatVector v = load(y, i);
      load(d, i).mul(v.neg().fma(v, all(1f))).intoArray(d, i);
    }
  }

  @Override
  public void sigmoid(float[] y, int from, int count) {
    for (int i = from; i < from + count; i += LANES) {
      VectorMath.sigmoid(load(y, i)).intoArray(y, i);
    }
  }

  @Override
  public void sigmoidGradient(float[] y, float[] d, int from, int count) {
    for (int i = from; i < from + count; i += LANES) {
      FloatVector v = load(y, i);
      load(d, i).mul(v.neg().fma(v, v)).intoArray(d, i);
    }
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
    for (int lane = 0; lane < WIDTH; lane += LANES) {
      FloatVector sum = FloatVector.zero(FLOATS);
      for (int r = 0; r < rows; r++) {
        FloatVector weight = all(w[wo + r]);
        for (int j = lane; j < width; j += WIDTH) {
          int i = off + r * width + j;
          FloatVector e = load(y, i).sub(load(x, i));
          FloatVector se = load(scale, j).mul(weight).mul(e);
          sum = se.fma(e, sum);
          se.mul(2f * g).intoArray(d, i);
        }
      }
      sum.intoArray(sums, so + lane);
    }
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
    for (int lane = 0; lane < WIDTH; lane += LANES) {
      FloatVector sum = FloatVector.zero(FLOATS);
      for (int r = 0; r < rows; r++) {
        FloatVector weight = all(w[wo + r]);
        for (int j = lane; j < width; j += WIDTH) {
          int i = off + r * width + j;
          FloatVector s = load(scale, j).mul(weight);
          FloatVector e = load(y, i).sub(load(x, i));
          sum = s.fma(e.abs(), sum);
          FloatVector sg = s.mul(g);
          FloatVector.zero(FLOATS)
              .blend(sg, e.compare(VectorOperators.GT, 0f))
              .blend(sg.neg(), e.lt(0f))
              .intoArray(d, i);
        }
      }
      sum.intoArray(sums, so + lane);
    }
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
    for (int lane = 0; lane < WIDTH; lane += LANES) {
      FloatVector sum = FloatVector.zero(FLOATS);
      for (int r = 0; r < rows; r++) {
        FloatVector weight = all(w[wo + r]);
        for (int j = lane; j < width; j += WIDTH) {
          int i = off + r * width + j;
          FloatVector s = load(scale, j).mul(weight);
          FloatVector t = load(x, i);
          FloatVector q = load(y, i).max(-ScalarKernels.MAX_LOGIT).min(ScalarKernels.MAX_LOGIT);
          FloatVector e = VectorMath.exp(q.abs().neg());
          FloatVector e1 = e.add(1f);
          FloatVector loss = q.neg().fma(t, q.max(0f)).add(VectorMath.log(e1));
          sum = s.fma(loss, sum);
          FloatVector p = all(1f).blend(e, q.lt(0f)).div(e1);
          p.sub(t).mul(s.mul(g)).intoArray(d, i);
        }
      }
      sum.intoArray(sums, so + lane);
    }
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
    for (int lane = 0; lane < WIDTH; lane += LANES) {
      FloatVector sum = FloatVector.zero(FLOATS);
      for (int r = 0; r < rows; r++) {
        for (int j = lane; j < width; j += WIDTH) {
          int i = off + r * width + j;
          FloatVector mu = load(mean, i);
          FloatVector lv = load(logVariance, i);
          FloatVector sd = VectorMath.exp(lv.mul(0.5f));
          sd.intoArray(deviation, i);
          sd.fma(load(noise, i), mu).intoArray(z, i);
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
    FloatVector factor = all(k);
    for (int i = off; i < off + count; i += LANES) {
      FloatVector sd = load(deviation, i);
      FloatVector g = load(dz, i);
      load(mean, i).fma(factor, g).intoArray(dMean, i);
      FloatVector direct = g.mul(load(noise, i).mul(sd));
      sd.fma(sd, all(-1f)).fma(factor, direct).mul(0.5f).intoArray(dLogVariance, i);
    }
  }

  @Override
  public void normals(int count, int[] radius, int[] angle, float[] cosines, float[] sines) {
    for (int i = 0; i < count; i += LANES) {
      IntVector a = IntVector.fromArray(INTS, radius, i).lanewise(VectorOperators.LSHR, 8);
      IntVector b = IntVector.fromArray(INTS, angle, i).lanewise(VectorOperators.ASHR, 8);
      FloatVector u = VectorMath.toFloats(a).add(0.5f).mul(0x1p-24f);
      FloatVector v = VectorMath.toFloats(b).mul(0x1p-23f);
      FloatVector r = VectorMath.log(u).mul(-2f).sqrt();
      FloatVector h = all(0.5f).sub(v.abs());
      FloatVector sine = VectorMath.sinPi(all(0.5f).sub(h.abs()));
      r.mul(VectorMath.sinPi(h)).intoArray(cosines, i);
      r.mul(sine.blend(sine.neg(), v.lt(0f))).intoArray(sines, i);
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
    FloatVector d1 = all(decay1);
    FloatVector d2 = all(decay2);
    for (int i = 0; i < count; i += LANES) {
      FloatVector gradient = load(g, go + i);
      FloatVector m0 = load(m, off + i);
      FloatVector v0 = load(v, off + i);
      FloatVector m1 = negligible(gradient.sub(m0).fma(d1, m0));
      FloatVector v1 = negligible(gradient.fma(gradient, v0.neg()).fma(d2, v0));
      m1.intoArray(m, off + i);
      v1.intoArray(v, off + i);
      FloatVector change = m1.mul(step).div(v1.sqrt().add(epsilon));
      load(w, off + i).sub(change).intoArray(w, off + i);
    }
  }

  private static FloatVector negligible(FloatVector moment) {
    VectorMask<Float> small = moment.abs().lt(ScalarKernels.NEGLIGIBLE_MOMENT);
    return moment.blend(0f, small);
  }
}
