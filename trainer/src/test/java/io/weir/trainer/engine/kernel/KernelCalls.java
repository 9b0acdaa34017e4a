package io.weir.trainer.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;

/// What the contract tests share: inputs, and the comparison with the scalar twin.
final class KernelCalls {
  static final Kernels PLAIN = KernelTwins.scalar();

  private KernelCalls() {}

  interface Call {
    void run(Kernels kernels, float[] out);
  }

  /// Same start, same call: the same bits, and nothing else touched.
  static void same(Kernels kernels, float[] start, Call call) {
    float[] expected = start.clone();
    float[] actual = start.clone();
    call.run(PLAIN, expected);
    call.run(kernels, actual);
    assertThat(actual).isEqualTo(expected);
  }

  static float[] floats(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /// From -100 to 100, dense around 0, with the values that tend to go wrong.
  static float[] spread(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      double t = 2.0 * i / (count - 1) - 1;
      values[i] = (float) (100 * t * t * t);
    }
    float[] special = {0f, -0f, 1e-30f, -1e-30f, 88f, -88f, 200f, -200f};
    System.arraycopy(special, 0, values, Math.min(24, count - 8), Math.min(8, count));
    return values;
  }
}
