package io.weir.trainer.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// One suite for all twins: each gives the bits of the scalar twin, and the scalar twin agrees with
/// the definition in double.
class KernelContractTest {
  private static final Kernels PLAIN = KernelTwins.scalar();
  private static final int[] SIZES = {1, 2, 3, 5, 8, 9, 13, 16, 17, 31, 33, 48, 50, 70};

  static java.util.stream.Stream<Kernels> kernels() {
    return KernelTwins.all();
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void multipliesAnySize(Kernels kernels) {
    Random random = new Random(1);
    for (int rows : new int[] {1, 4, 7, 8, 12, 19}) {
      for (int depth : SIZES) {
        for (int columns : new int[] {1, 16, 20, 33, 49, 70}) {
          multiplies(kernels, random, rows, depth, columns);
        }
      }
    }
  }

  private static void multiplies(Kernels kernels, Random random, int rows, int depth, int columns) {
    int width = Panels.padded(columns);
    int lda = Panels.padded(depth);
    int high = (rows + 7) & -8;
    int at = 32;
    float[] a = floats(random, at + high * lda);
    float[] rowMajor = floats(random, depth * columns);
    float[] b = new float[depth * width];
    Panels.pack(rowMajor, depth, columns, b);
    float[] bias = floats(random, width);
    float[] expected = new float[at + high * width];
    float[] actual = new float[at + high * width];

    PLAIN.multiply(rows, depth, width, a, at, lda, b, bias, 0, 0, expected, at, width);
    kernels.multiply(rows, depth, width, a, at, lda, b, bias, 0, 0, actual, at, width);

    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        double sum = bias[c];
        double size = Math.abs(sum);
        for (int k = 0; k < depth; k++) {
          double term = (double) a[at + r * lda + k] * rowMajor[k * columns + c];
          sum += term;
          size += Math.abs(term);
        }
        float got = actual[at + r * width + c];
        assertThat(got).isEqualTo(expected[at + r * width + c]);
        assertThat((double) got).isCloseTo(sum, within(6e-8 * (depth + 1) * size));
      }
    }
    float[] twice = actual.clone();
    kernels.multiply(rows, depth, width, a, at, lda, b, twice, at, width, twice, at, width);
    PLAIN.multiply(rows, depth, width, a, at, lda, b, expected, at, width, expected, at, width);
    assertRows(twice, expected, at, rows * width);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void multipliesTransposedTilesOfAnySize(Kernels kernels) {
    Random random = new Random(2);
    for (int rows : SIZES) {
      for (int tile : new int[] {1, 3, 4, 7, 8, 13, 16, 20}) {
        for (int width : new int[] {16, 32, 48}) {
          int ldx = 48;
          int ldd = 64;
          int from = 16;
          float[] x = floats(random, rows * ldx);
          float[] d = floats(random, rows * ldd);
          float[] expected = new float[24 * width];
          float[] actual = new float[24 * width];

          PLAIN.transposedMultiply(rows, tile, width, x, from, ldx, d, 16, ldd, expected, 24);
          kernels.transposedMultiply(rows, tile, width, x, from, ldx, d, 16, ldd, actual, 24);

          for (int i = 0; i < tile; i++) {
            for (int j = 0; j < width; j++) {
              int at = Panels.index(24, i, j);
              double sum = 0;
              for (int r = 0; r < rows; r++) {
                sum += (double) x[from + r * ldx + i] * d[16 + r * ldd + j];
              }
              assertThat(actual[at]).isEqualTo(expected[at]);
              assertThat((double) actual[at]).isCloseTo(sum, within(1e-5 * rows));
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void sumsColumns(Kernels kernels) {
    Random random = new Random(3);
    for (int rows : SIZES) {
      float[] d = floats(random, rows * 48);
      same(kernels, new float[64], (k, out) -> k.columnSums(rows, 32, d, 16, 48, out, 16));
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void activatesAndDifferentiates(Kernels kernels) {
    float[] y = spread(512);
    float[] g = floats(new Random(4), 512);
    for (float alpha : new float[] {0f, 0.3f}) {
      same(kernels, y, (k, out) -> k.leakyRelu(out, 16, 480, alpha));
      same(kernels, g, (k, out) -> k.leakyReluGradient(y, out, 16, 480, alpha));
    }
    same(kernels, y, (k, out) -> k.tanh(out, 16, 480));
    same(kernels, g, (k, out) -> k.tanhGradient(y, out, 16, 480));
    same(kernels, y, (k, out) -> k.sigmoid(out, 16, 480));
    same(kernels, g, (k, out) -> k.sigmoidGradient(y, out, 16, 480));
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void computesLosses(Kernels kernels) {
    Random random = new Random(5);
    for (int rows = 1; rows <= 8; rows++) {
      for (int width = 16; width <= 48; width += 16) {
        int n = rows;
        int m = width;
        float[] y = floats(random, 16 + n * m);
        float[] x = floats(random, 16 + n * m);
        x[16] = y[16];
        float[] scale = floats(random, m);
        float[] w = floats(random, n + 3);
        float[] big = spread(16 + n * m);
        float[] sums = new float[32];
        same(
            kernels,
            new float[y.length],
            (k, d) -> k.squaredError(n, m, y, x, d, 16, scale, w, 3, 0.1f, sums, 16));
        same(
            kernels,
            sums,
            (k, s) ->
                k.squaredError(n, m, y, x, new float[y.length], 16, scale, w, 3, 0.1f, s, 16));
        same(
            kernels,
            new float[y.length],
            (k, d) -> k.absoluteError(n, m, y, x, d, 16, scale, w, 3, 0.1f, sums, 16));
        same(
            kernels,
            sums,
            (k, s) ->
                k.absoluteError(n, m, y, x, new float[y.length], 16, scale, w, 3, 0.1f, s, 16));
        same(
            kernels,
            new float[y.length],
            (k, d) ->
                k.crossEntropyOfLogits(n, m, big.clone(), x, d, 16, scale, w, 3, 0.1f, sums, 16));
        same(
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
    float[] mean = floats(random, n * m);
    float[] logVariance = floats(random, n * m);
    float[] noise = floats(random, n * m);
    float[] dz = floats(random, n * m);
    float[] sd = new float[n * m];
    float[] other = new float[n * m];
    PLAIN.sample(n, m, mean, logVariance, noise, sd, other, 0, new float[16], 0);
    same(
        kernels,
        new float[n * m],
        (k, z) -> k.sample(n, m, mean, logVariance, noise, new float[n * m], z, 0, sd.clone(), 0));
    same(
        kernels,
        new float[n * m],
        (k, d) -> k.sample(n, m, mean, logVariance, noise, d, new float[n * m], 0, sd.clone(), 0));
    same(
        kernels,
        new float[16],
        (k, s) -> k.sample(n, m, mean, logVariance, noise, sd.clone(), other.clone(), 0, s, 0));
    same(
        kernels,
        new float[n * m],
        (k, d) -> k.sampleGradient(n * m, dz, mean, noise, sd, d, new float[n * m], 0, 0.2f));
    same(
        kernels,
        new float[n * m],
        (k, d) -> k.sampleGradient(n * m, dz, mean, noise, sd, new float[n * m], d, 0, 0.2f));
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
    same(kernels, new float[n], (k, c) -> k.normals(n, radius, angle, c, sines.clone()));
    same(kernels, new float[n], (k, s) -> k.normals(n, radius, angle, cosines.clone(), s));
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
    float[] g = floats(random, 128);
    g[20] = 0;
    float[] m = floats(random, 128);
    float[] v = spread(128);
    for (int i = 0; i < 128; i++) {
      v[i] = Math.abs(v[i]);
    }
    m[20] = 1.05e-30f;
    v[20] = 1.0005e-30f;
    float[] w = floats(random, 128);
    same(
        kernels,
        w,
        (k, out) -> k.adam(96, out, m.clone(), v.clone(), 16, g, 16, .1f, .001f, .01f, 1e-7f));
    same(
        kernels,
        m,
        (k, out) -> k.adam(96, w.clone(), out, v.clone(), 16, g, 16, .1f, .001f, .01f, 1e-7f));
    same(
        kernels,
        v,
        (k, out) -> k.adam(96, w.clone(), m.clone(), out, 16, g, 16, .1f, .001f, .01f, 1e-7f));
    float[] moment = m.clone();
    kernels.adam(96, w, moment, v, 16, g, 16, .1f, .001f, .01f, 1e-7f);
    assertThat(moment[20]).as("a moment about to become subnormal").isZero();
  }

  private interface Call {
    void run(Kernels kernels, float[] out);
  }

  /// Same start, same call: the same bits, and nothing else touched.
  private static void same(Kernels kernels, float[] start, Call call) {
    float[] expected = start.clone();
    float[] actual = start.clone();
    call.run(PLAIN, expected);
    call.run(kernels, actual);
    assertThat(actual).isEqualTo(expected);
  }

  private static void assertRows(float[] actual, float[] expected, int from, int count) {
    for (int i = from; i < from + count; i++) {
      assertThat(actual[i]).isEqualTo(expected[i]);
    }
  }

  private static float[] floats(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /// From -100 to 100, dense around 0, with the values that tend to go wrong.
  private static float[] spread(int count) {
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
