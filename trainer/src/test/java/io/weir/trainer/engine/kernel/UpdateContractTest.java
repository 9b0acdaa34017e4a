package io.weir.trainer.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Normals and Adam: each twin gives the bits of the scalar twin.
class UpdateContractTest {
  static Stream<Kernels> kernels() {
    return KernelTwins.all();
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void drawsNormals(Kernels kernels) {
    int n = 1 << 16;
    int[] radius = new Random(7).ints(n).toArray();
    int[] angle = new Random(8).ints(n).toArray();
    radius[0] = 0;
    radius[1] = -1;
    angle[2] = Integer.MIN_VALUE;
    angle[3] = Integer.MAX_VALUE;
    float[] sines = new float[n];
    float[] cosines = new float[n];
    kernels.normals(n, radius, angle, cosines, sines);
    KernelCalls.same(
        kernels, new float[n], (k, c) -> k.normals(n, radius, angle, c, sines.clone()));
    KernelCalls.same(
        kernels, new float[n], (k, s) -> k.normals(n, radius, angle, cosines.clone(), s));
    double sum = 0;
    double squares = 0;
    double products = 0;
    double fourth = 0;
    for (int i = 0; i < n; i++) {
      assertThat(cosines[i]).isFinite();
      assertThat(sines[i]).isFinite();
      sum += cosines[i] + sines[i];
      squares += cosines[i] * cosines[i] + sines[i] * sines[i];
      products += cosines[i] * sines[i];
      fourth += Math.pow(cosines[i], 4) + Math.pow(sines[i], 4);
    }
    assertThat(sum / (2 * n)).isCloseTo(0, within(0.015));
    assertThat(squares / (2 * n)).isCloseTo(1, within(0.02));
    assertThat(products / n).isCloseTo(0, within(0.02));
    assertThat(fourth / (2 * n)).isCloseTo(3, within(0.15));
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void updatesWithAdam(Kernels kernels) {
    Random random = new Random(9);
    float[] g = KernelCalls.floats(random, 128);
    g[20] = 0;
    float[] m = KernelCalls.floats(random, 128);
    float[] v = KernelCalls.spread(128);
    for (int i = 0; i < 128; i++) {
      v[i] = Math.abs(v[i]);
    }
    m[20] = 1.05e-30f;
    v[20] = 1.0005e-30f;
    float[] w = KernelCalls.floats(random, 128);
    KernelCalls.same(
        kernels,
        w,
        (k, out) -> k.adam(96, out, m.clone(), v.clone(), 16, g, 16, .1f, .001f, .01f, 1e-7f));
    KernelCalls.same(
        kernels,
        m,
        (k, out) -> k.adam(96, w.clone(), out, v.clone(), 16, g, 16, .1f, .001f, .01f, 1e-7f));
    KernelCalls.same(
        kernels,
        v,
        (k, out) -> k.adam(96, w.clone(), m.clone(), out, 16, g, 16, .1f, .001f, .01f, 1e-7f));
    float[] moment = m.clone();
    kernels.adam(96, w, moment, v, 16, g, 16, .1f, .001f, .01f, 1e-7f);
    assertThat(moment[20]).as("a moment about to become subnormal").isZero();
  }
}
