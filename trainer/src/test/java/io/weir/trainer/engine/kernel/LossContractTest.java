package io.weir.trainer.engine.kernel;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Activations, losses and the latent: each twin gives the bits of the scalar twin.
class LossContractTest {
  static Stream<Kernels> kernels() {
    return KernelTwins.all();
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void activatesAndDifferentiates(Kernels kernels) {
    float[] y = KernelCalls.spread(512);
    float[] g = KernelCalls.floats(new Random(4), 512);
    for (float alpha : new float[] {0f, 0.3f}) {
      KernelCalls.same(kernels, y, (k, out) -> k.leakyRelu(out, 16, 480, alpha));
      KernelCalls.same(kernels, g, (k, out) -> k.leakyReluGradient(y, out, 16, 480, alpha));
    }
    KernelCalls.same(kernels, y, (k, out) -> k.tanh(out, 16, 480));
    KernelCalls.same(kernels, g, (k, out) -> k.tanhGradient(y, out, 16, 480));
    KernelCalls.same(kernels, y, (k, out) -> k.sigmoid(out, 16, 480));
    KernelCalls.same(kernels, g, (k, out) -> k.sigmoidGradient(y, out, 16, 480));
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void computesLosses(Kernels kernels) {
    Random random = new Random(5);
    for (int rows = 1; rows <= 8; rows++) {
      for (int width = 16; width <= 48; width += 16) {
        int n = rows;
        int m = width;
        float[] y = KernelCalls.floats(random, 16 + n * m);
        float[] x = KernelCalls.floats(random, 16 + n * m);
        x[16] = y[16];
        float[] scale = KernelCalls.floats(random, m);
        float[] w = KernelCalls.floats(random, n + 3);
        float[] big = KernelCalls.spread(16 + n * m);
        float[] sums = new float[32];
        KernelCalls.same(
            kernels,
            new float[y.length],
            (k, d) -> k.squaredError(n, m, y, x, d, 16, scale, w, 3, 0.1f, sums, 16));
        KernelCalls.same(
            kernels,
            sums,
            (k, s) ->
                k.squaredError(n, m, y, x, new float[y.length], 16, scale, w, 3, 0.1f, s, 16));
        KernelCalls.same(
            kernels,
            new float[y.length],
            (k, d) -> k.absoluteError(n, m, y, x, d, 16, scale, w, 3, 0.1f, sums, 16));
        KernelCalls.same(
            kernels,
            sums,
            (k, s) ->
                k.absoluteError(n, m, y, x, new float[y.length], 16, scale, w, 3, 0.1f, s, 16));
        KernelCalls.same(
            kernels,
            new float[y.length],
            (k, d) ->
                k.crossEntropyOfLogits(n, m, big.clone(), x, d, 16, scale, w, 3, 0.1f, sums, 16));
        KernelCalls.same(
            kernels,
            sums,
            (k, s) ->
                k.crossEntropyOfLogits(
                    n, m, big.clone(), x, new float[y.length], 16, scale, w, 3, 0.1f, s, 16));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void samplesTheLatent(Kernels kernels) {
    Random random = new Random(6);
    int n = 8;
    int m = 32;
    float[] mean = KernelCalls.floats(random, n * m);
    float[] logVariance = KernelCalls.floats(random, n * m);
    float[] noise = KernelCalls.floats(random, n * m);
    float[] dz = KernelCalls.floats(random, n * m);
    float[] sd = new float[n * m];
    float[] other = new float[n * m];
    KernelCalls.PLAIN.sample(n, m, mean, logVariance, noise, sd, other, 0, new float[16], 0);
    KernelCalls.same(
        kernels,
        new float[n * m],
        (k, z) -> k.sample(n, m, mean, logVariance, noise, new float[n * m], z, 0, sd.clone(), 0));
    KernelCalls.same(
        kernels,
        new float[n * m],
        (k, d) -> k.sample(n, m, mean, logVariance, noise, d, new float[n * m], 0, sd.clone(), 0));
    KernelCalls.same(
        kernels,
        new float[16],
        (k, s) -> k.sample(n, m, mean, logVariance, noise, sd.clone(), other.clone(), 0, s, 0));
    KernelCalls.same(
        kernels,
        new float[n * m],
        (k, d) -> k.sampleGradient(n * m, dz, mean, noise, sd, d, new float[n * m], 0, 0.2f));
    KernelCalls.same(
        kernels,
        new float[n * m],
        (k, d) -> k.sampleGradient(n * m, dz, mean, noise, sd, new float[n * m], d, 0, 0.2f));
  }
}
