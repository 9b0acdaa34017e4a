package io.weir.trainer.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Matrix products and the copies around them: each twin gives the bits of the scalar twin, and the
/// scalar twin agrees with the definition in double.
class ProductContractTest {
  private static final int[] SIZES = {1, 2, 3, 5, 8, 9, 13, 16, 17, 31, 33, 48, 50, 70};
  private static final float[] SLOPES = {1f, 0.3f, 0f};

  static Stream<Kernels> kernels() {
    return KernelTwins.all();
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void multipliesAnySize(Kernels kernels) {
    Random random = new Random(1);
    for (int rows : new int[] {1, 4, 7, 8, 12, 19}) {
      for (int depth : SIZES) {
        for (int columns : new int[] {1, 16, 20, 33, 49, 70}) {
          float slope = SLOPES[(rows + columns) % SLOPES.length];
          multiplies(kernels, random, rows, depth, columns, slope);
        }
      }
    }
  }

  private static void multiplies(
      Kernels kernels, Random random, int rows, int depth, int columns, float slope) {
    int width = Panels.padded(columns);
    int lda = Panels.padded(depth);
    int high = (rows + 7) & -8;
    int at = 32;
    float[] a = KernelCalls.floats(random, at + high * lda);
    float[] rowMajor = KernelCalls.floats(random, depth * columns);
    float[] b = new float[depth * width];
    Panels.pack(rowMajor, depth, columns, b);
    float[] bias = KernelCalls.floats(random, width);
    float[] expected = new float[at + high * width];
    float[] actual = new float[at + high * width];

    KernelCalls.PLAIN.multiply(
        rows, depth, width, a, at, lda, b, bias, 0, 0, slope, expected, at, width);
    kernels.multiply(rows, depth, width, a, at, lda, b, bias, 0, 0, slope, actual, at, width);

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
        assertThat((double) got)
            .isCloseTo(sum > 0 ? sum : slope * sum, within(6e-8 * (depth + 1) * size));
      }
    }
    float[] twice = actual.clone();
    kernels.multiply(rows, depth, width, a, at, lda, b, twice, at, width, 1, twice, at, width);
    KernelCalls.PLAIN.multiply(
        rows, depth, width, a, at, lda, b, expected, at, width, 1, expected, at, width);
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
          float[] x = KernelCalls.floats(random, rows * ldx);
          float[] d = KernelCalls.floats(random, rows * ldd);
          boolean added = (rows + tile) % 2 == 0;
          float[] before = KernelCalls.floats(random, 24 * width);
          float[] expected = before.clone();
          float[] actual = before.clone();

          KernelCalls.PLAIN.transposedMultiply(
              rows, tile, width, x, from, ldx, d, 16, ldd, expected, 24, added);
          kernels.transposedMultiply(
              rows, tile, width, x, from, ldx, d, 16, ldd, actual, 24, added);

          for (int i = 0; i < tile; i++) {
            for (int j = 0; j < width; j++) {
              int at = Panels.index(24, i, j);
              double sum = added ? before[at] : 0;
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
  void transposesPiecesOfPanels(Kernels kernels) {
    Random random = new Random(11);
    for (int rows = 1; rows <= 16; rows++) {
      for (int columns = 1; columns <= 16; columns++) {
        int r = rows;
        int c = columns;
        float[] a = KernelCalls.floats(random, 16 + rows * 16);
        float[] b = KernelCalls.floats(random, 16 + 17 * 16);
        KernelCalls.same(kernels, b, (k, out) -> k.transpose(r, c, a, 16, out, 16));
        kernels.transpose(rows, columns, a, 16, b, 16);
        for (int i = 0; i < columns; i++) {
          for (int j = 0; j < 16; j++) {
            assertThat(b[16 + i * 16 + j]).isEqualTo(j < rows ? a[16 + j * 16 + i] : 0f);
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
      float[] d = KernelCalls.floats(random, rows * 48);
      KernelCalls.same(
          kernels, new float[64], (k, out) -> k.columnSums(rows, 32, d, 16, 48, out, 16));
    }
  }

  private static void assertRows(float[] actual, float[] expected, int from, int count) {
    for (int i = from; i < from + count; i++) {
      assertThat(actual[i]).isEqualTo(expected[i]);
    }
  }
}
