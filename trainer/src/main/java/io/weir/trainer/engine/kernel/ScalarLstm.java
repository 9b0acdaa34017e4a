package io.weir.trainer.engine.kernel;

/// The LSTM's element-wise half of [ScalarKernels].
final class ScalarLstm {
  private ScalarLstm() {}

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
      for (int j = 0; j < width; j++) {
        int g0 = go + r * ldg + j;
        int c0 = co + r * ldc + j;
        float i = FloatMath.sigmoid(gates[g0]);
        float f = FloatMath.sigmoid(gates[g0 + width]);
        float g = FloatMath.tanh(gates[g0 + 2 * width]);
        float o = FloatMath.sigmoid(gates[g0 + 3 * width]);
        gates[g0] = i;
        gates[g0 + width] = f;
        gates[g0 + 2 * width] = g;
        gates[g0 + 3 * width] = o;
        cell[c0] = Math.fma(f, before[c0], i * g);
        tanh[c0] = FloatMath.tanh(cell[c0]);
        h[ho + r * ldh + j] = o * tanh[c0];
      }
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
      for (int j = 0; j < width; j++) {
        int g0 = go + r * ldg + j;
        int c0 = co + r * ldc + j;
        float i = gates[g0];
        float f = gates[g0 + width];
        float g = gates[g0 + 2 * width];
        float o = gates[g0 + 3 * width];
        float t = tanh[c0];
        float d = dh[ho + r * ldh + j];
        float dc = Math.fma(d * o, Math.fma(-t, t, 1f), dCell[c0]);
        gates[g0] = dc * g * Math.fma(-i, i, i);
        gates[g0 + width] = dc * before[c0] * Math.fma(-f, f, f);
        gates[g0 + 2 * width] = dc * i * Math.fma(-g, g, 1f);
        gates[g0 + 3 * width] = d * t * Math.fma(-o, o, o);
        dCell[c0] = dc * f;
      }
    }
  }
}
