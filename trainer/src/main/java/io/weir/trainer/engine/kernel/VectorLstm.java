package io.weir.trainer.engine.kernel;

import static io.weir.trainer.engine.kernel.VectorMath.FLOATS;
import static io.weir.trainer.engine.kernel.VectorMath.LANES;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;

/// The LSTM's element-wise half of [VectorKernels]: row by row, so that the passes over a row find
/// it in the cache.
final class VectorLstm {
  private VectorLstm() {}

  /// As [Kernels#lstmCell].
  static void cell(
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
    for (int r = 0; r < rows; r++) {
      int row = go + r * ldg;
      VectorMath.sigmoid(gates, row, 2 * width);
      VectorMath.tanh(gates, row + 2 * width, width);
      VectorMath.sigmoid(gates, row + 3 * width, width);
      cells(width, gates, row, before, cell, tanh, co + r * ldc);
      VectorMath.tanh(tanh, co + r * ldc, width);
      outputs(width, gates, row + 3 * width, tanh, co + r * ldc, h, ho + r * ldh);
    }
  }

  private static void cells(
      int width, float[] gates, int go, float[] before, float[] cell, float[] tanh, int co) {
    for (int j = 0; j < width; j += LANES) {
      FloatVector i = fromArray(FLOATS, gates, go + j);
      FloatVector f = fromArray(FLOATS, gates, go + width + j);
      FloatVector g = fromArray(FLOATS, gates, go + 2 * width + j);
      FloatVector c = f.fma(fromArray(FLOATS, before, co + j), i.mul(g));
      c.intoArray(cell, co + j);
      c.intoArray(tanh, co + j);
    }
  }

  private static void outputs(
      int width, float[] gates, int oo, float[] tanh, int to, float[] h, int ho) {
    for (int j = 0; j < width; j += LANES) {
      FloatVector o = fromArray(FLOATS, gates, oo + j);
      o.mul(fromArray(FLOATS, tanh, to + j)).intoArray(h, ho + j);
    }
  }

  /// As [Kernels#lstmCellGradient].
  static void gradient(
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
    for (int r = 0; r < rows; r++) {
      gradient(width, gates, go + r * ldg, before, tanh, dCell, co + r * ldc, dh, ho + r * ldh);
    }
  }

  private static void gradient(
      int width,
      float[] gates,
      int go,
      float[] before,
      float[] tanh,
      float[] dCell,
      int co,
      float[] dh,
      int ho) {
    FloatVector one = broadcast(FLOATS, 1f);
    for (int j = 0; j < width; j += LANES) {
      FloatVector i = fromArray(FLOATS, gates, go + j);
      FloatVector f = fromArray(FLOATS, gates, go + width + j);
      FloatVector g = fromArray(FLOATS, gates, go + 2 * width + j);
      FloatVector o = fromArray(FLOATS, gates, go + 3 * width + j);
      FloatVector t = fromArray(FLOATS, tanh, co + j);
      FloatVector d = fromArray(FLOATS, dh, ho + j);
      FloatVector dc = d.mul(o).fma(t.neg().fma(t, one), fromArray(FLOATS, dCell, co + j));
      dc.mul(g).mul(i.neg().fma(i, i)).intoArray(gates, go + j);
      FloatVector before0 = fromArray(FLOATS, before, co + j);
      dc.mul(before0).mul(f.neg().fma(f, f)).intoArray(gates, go + width + j);
      dc.mul(i).mul(g.neg().fma(g, one)).intoArray(gates, go + 2 * width + j);
      d.mul(t).mul(o.neg().fma(o, o)).intoArray(gates, go + 3 * width + j);
      dc.mul(f).intoArray(dCell, co + j);
    }
  }
}
