package io.weir.trainer.engine.kernel;

/// Runs every kernel on tiny sizes until it is compiled: before that, a vector kernel boxes every
/// vector and runs at a hundredth of its speed.
final class KernelWarmUp {
  private static final int ROUNDS = 4000;

  private KernelWarmUp() {}

  static void run(Kernels k) {
    int rows = 12;
    float[] x = new float[rows * 96];
    float[] y = new float[rows * 96];
    float[] d = new float[rows * 96];
    float[] panels = new float[rows * 96];
    float[] sums = new float[96];
    int[] bits = new int[16];
    for (int round = 0; round < ROUNDS; round++) {
      for (int width = 16; width <= 48; width += 16) {
        k.multiply(rows, 2, width, x, 0, 48, panels, y, 0, 48, y, 0, 48);
        k.transposedMultiply(2, rows, width, x, 0, 48, d, 0, 48, panels, rows);
      }
      k.columnSums(2, 16, d, 0, 48, sums, 0);
      k.leakyRelu(y, 0, 16, 0.3f);
      k.leakyReluGradient(y, d, 0, 16, 0.3f);
      k.tanh(y, 0, 16);
      k.tanhGradient(y, d, 0, 16);
      k.sigmoid(y, 0, 16);
      k.sigmoidGradient(y, d, 0, 16);
      k.squaredError(1, 16, y, x, d, 0, sums, sums, 0, 1, panels, 0);
      k.absoluteError(1, 16, y, x, d, 0, sums, sums, 0, 1, panels, 0);
      k.crossEntropyOfLogits(1, 16, y, x, d, 0, sums, sums, 0, 1, panels, 0);
      k.sample(1, 16, x, y, d, panels, d, 0, sums, 0);
      k.sampleGradient(16, d, x, y, d, panels, sums, 0, 1);
      k.normals(16, bits, bits, y, x);
      k.adam(16, x, y, panels, 0, d, 0, 0, 0, 0, 1);
    }
  }
}
