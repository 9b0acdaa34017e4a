package io.weir.trainer.engine.kernel;

import static io.weir.trainer.engine.kernel.Panels.WIDTH;
import static io.weir.trainer.engine.kernel.VectorMath.FLOATS;
import static io.weir.trainer.engine.kernel.VectorMath.LANES;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.zero;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// The losses of [VectorKernels]; the parameters are explained in [Kernels].
final class VectorLosses {
  private VectorLosses() {}

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
    for (int lane = 0; lane < WIDTH; lane += LANES) {
      FloatVector sum = zero(FLOATS);
      for (int r = 0; r < rows; r++) {
        FloatVector weight = broadcast(FLOATS, w[wo + r]);
        for (int j = lane; j < width; j += WIDTH) {
          int i = off + r * width + j;
          FloatVector e = fromArray(FLOATS, y, i).sub(fromArray(FLOATS, x, i));
          FloatVector se = fromArray(FLOATS, scale, j).mul(weight).mul(e);
          sum = se.fma(e, sum);
          se.mul(2f * g).intoArray(d, i);
        }
      }
      sum.intoArray(sums, so + lane);
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
    for (int lane = 0; lane < WIDTH; lane += LANES) {
      FloatVector sum = zero(FLOATS);
      for (int r = 0; r < rows; r++) {
        FloatVector weight = broadcast(FLOATS, w[wo + r]);
        for (int j = lane; j < width; j += WIDTH) {
          int i = off + r * width + j;
          FloatVector s = fromArray(FLOATS, scale, j).mul(weight);
          FloatVector e = fromArray(FLOATS, y, i).sub(fromArray(FLOATS, x, i));
          sum = s.fma(e.abs(), sum);
          FloatVector sg = s.mul(g);
          zero(FLOATS)
              .blend(sg, e.compare(VectorOperators.GT, 0f))
              .blend(sg.neg(), e.lt(0f))
              .intoArray(d, i);
        }
      }
      sum.intoArray(sums, so + lane);
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
    for (int i = off; i < off + rows * width; i += LANES) {
      fromArray(FLOATS, y, i).abs().min(ScalarLosses.MAX_LOGIT).intoArray(d, i);
    }
    VectorMath.exp(-1f, d, d, off, rows * width);
    for (int lane = 0; lane < WIDTH; lane += LANES) {
      FloatVector sum = zero(FLOATS);
      for (int r = 0; r < rows; r++) {
        FloatVector weight = broadcast(FLOATS, w[wo + r]);
        for (int j = lane; j < width; j += WIDTH) {
          int i = off + r * width + j;
          FloatVector s = fromArray(FLOATS, scale, j).mul(weight);
          FloatVector t = fromArray(FLOATS, x, i);
          FloatVector e = fromArray(FLOATS, d, i);
          FloatVector q =
              fromArray(FLOATS, y, i).max(-ScalarLosses.MAX_LOGIT).min(ScalarLosses.MAX_LOGIT);
          sum = s.fma(q.neg().fma(t, q.max(0f)), sum);
          FloatVector e1 = e.add(1f);
          e1.intoArray(y, i);
          FloatVector p = broadcast(FLOATS, 1f).blend(e, q.lt(0f)).div(e1);
          p.sub(t).mul(s.mul(g)).intoArray(d, i);
        }
      }
      sum.intoArray(sums, so + lane);
    }
    VectorMath.log(y, off, rows * width);
    for (int lane = 0; lane < WIDTH; lane += LANES) {
      FloatVector sum = fromArray(FLOATS, sums, so + lane);
      for (int r = 0; r < rows; r++) {
        FloatVector weight = broadcast(FLOATS, w[wo + r]);
        for (int j = lane; j < width; j += WIDTH) {
          FloatVector s = fromArray(FLOATS, scale, j).mul(weight);
          sum = s.fma(fromArray(FLOATS, y, off + r * width + j), sum);
        }
      }
      sum.intoArray(sums, so + lane);
    }
  }
}
