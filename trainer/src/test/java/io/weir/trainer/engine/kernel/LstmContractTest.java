package io.weir.trainer.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A step of an LSTM and back: each twin gives the bits of the scalar twin, and the scalar twin
/// agrees with the definition in double. Rows lie apart, and nothing between them is touched.
class LstmContractTest {
  private static final int[] ROWS = {1, 3, 8};
  private static final int[] WIDTHS = {16, 48, 80};
  private static final int AT = 16;

  static Stream<Kernels> kernels() {
    return KernelTwins.all();
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void stepsForward(Kernels kernels) {
    Random random = new Random(5);
    for (int rows : ROWS) {
      for (int width : WIDTHS) {
        int ldg = 4 * width + 16;
        int ldc = width + 16;
        float[] gates = KernelCalls.floats(random, AT + rows * ldg);
        System.arraycopy(KernelCalls.spread(16), 0, gates, AT, 16);
        float[] before = KernelCalls.floats(random, AT + rows * ldc);
        float[] blank = new float[AT + rows * ldc];
        float[] activated = gates.clone();
        float[] cell = blank.clone();
        float[] tanh = blank.clone();
        float[] h = blank.clone();
        step(KernelCalls.PLAIN, rows, width, activated, before, cell, tanh, h);
        KernelCalls.same(
            kernels,
            gates,
            (k, out) ->
                step(k, rows, width, out, before, blank.clone(), blank.clone(), blank.clone()));
        KernelCalls.same(
            kernels,
            blank,
            (k, out) ->
                step(k, rows, width, gates.clone(), before, out, blank.clone(), blank.clone()));
        KernelCalls.same(
            kernels,
            blank,
            (k, out) ->
                step(k, rows, width, gates.clone(), before, blank.clone(), out, blank.clone()));
        KernelCalls.same(
            kernels,
            blank,
            (k, out) ->
                step(k, rows, width, gates.clone(), before, blank.clone(), blank.clone(), out));
        for (int r = 0; r < rows; r++) {
          for (int j = 0; j < width; j++) {
            int g = AT + r * ldg + j;
            int c = AT + r * ldc + j;
            double kept = sigmoid(gates[g + width]) * before[c];
            double expected = kept + sigmoid(gates[g]) * Math.tanh(gates[g + 2 * width]);
            double output = sigmoid(gates[g + 3 * width]) * Math.tanh(expected);
            assertThat((double) cell[c]).isCloseTo(expected, within(1e-6));
            assertThat((double) tanh[c]).isCloseTo(Math.tanh(expected), within(1e-6));
            assertThat((double) h[c]).isCloseTo(output, within(1e-6));
          }
        }
      }
    }
  }

  private static void step(
      Kernels k,
      int rows,
      int width,
      float[] gates,
      float[] before,
      float[] cell,
      float[] tanh,
      float[] h) {
    int ldc = width + 16;
    k.lstmCell(rows, width, gates, AT, 4 * width + 16, before, cell, tanh, AT, ldc, h, AT, ldc);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void stepsBackward(Kernels kernels) {
    Random random = new Random(6);
    for (int rows : ROWS) {
      for (int width : WIDTHS) {
        int ldg = 4 * width + 16;
        int ldc = width + 16;
        float[] gates = KernelCalls.floats(random, AT + rows * ldg);
        float[] before = KernelCalls.floats(random, AT + rows * ldc);
        float[] tanh = KernelCalls.floats(random, AT + rows * ldc);
        float[] dCell = KernelCalls.floats(random, AT + rows * ldc);
        float[] dh = KernelCalls.floats(random, AT + rows * ldc);
        KernelCalls.same(
            kernels,
            gates,
            (k, out) ->
                k.lstmCellGradient(
                    rows, width, out, AT, ldg, before, tanh, dCell.clone(), AT, ldc, dh, AT, ldc));
        KernelCalls.same(
            kernels,
            dCell,
            (k, out) ->
                k.lstmCellGradient(
                    rows, width, gates.clone(), AT, ldg, before, tanh, out, AT, ldc, dh, AT, ldc));
      }
    }
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
