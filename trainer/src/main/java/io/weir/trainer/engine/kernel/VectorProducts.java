package io.weir.trainer.engine.kernel;

import static io.weir.trainer.engine.kernel.Panels.WIDTH;
import static io.weir.trainer.engine.kernel.VectorMath.LANES;

/// The matrix products of [VectorKernels], cut into register tiles; the parameters are explained in
/// [Kernels].
final class VectorProducts {
  /// One vector fills a panel's row.
  private static final boolean WIDE = LANES == WIDTH;

  /// Short vectors come with 16 registers on x86, which hold 4 x 3 sums but not 8 x 3.
  private static final int TILE_ROWS = WIDE ? 8 : 4;

  private VectorProducts() {}

  static void multiply(
      int rows,
      int depth,
      int width,
      float[] a,
      int ao,
      int lda,
      float[] b,
      float[] init,
      int io,
      int ldi,
      float slope,
      float[] c,
      int co,
      int ldc) {
    for (int n = 0; n < width; ) {
      int vectors = vectors((width - n) / LANES);
      for (int r = 0; r < rows; r += TILE_ROWS) {
        int ai = ao + r * lda;
        int ii = io + r * ldi + n;
        int ci = co + r * ldc + n;
        if (WIDE) {
          switch (vectors) {
            case 1 ->
                MultiplyTile8x1.run(depth, a, ai, lda, b, n, init, ii, ldi, slope, c, ci, ldc);
            case 2 ->
                MultiplyTile8x2.run(depth, a, ai, lda, b, n, init, ii, ldi, slope, c, ci, ldc);
            default ->
                MultiplyTile8x3.run(depth, a, ai, lda, b, n, init, ii, ldi, slope, c, ci, ldc);
          }
        } else if (vectors == 2) {
          MultiplyTile4x2.run(depth, a, ai, lda, b, n, init, ii, ldi, slope, c, ci, ldc);
        } else {
          MultiplyTile4x3.run(depth, a, ai, lda, b, n, init, ii, ldi, slope, c, ci, ldc);
        }
      }
      n += vectors * LANES;
    }
  }

  static void transposedMultiply(
      int rows,
      int tile,
      int width,
      float[] x,
      int xo,
      int ldx,
      float[] d,
      int off,
      int ldd,
      float[] g,
      int tileRows,
      boolean sum) {
    for (int n = 0; n < width; ) {
      int vectors = vectors((width - n) / LANES);
      int di = off + n;
      for (int k = 0; k < tile; k += TILE_ROWS) {
        int xi = xo + k;
        if (WIDE) {
          switch (vectors) {
            case 1 -> TransposedTile8x1.run(rows, x, xi, ldx, d, di, ldd, g, tileRows, k, n, sum);
            case 2 -> TransposedTile8x2.run(rows, x, xi, ldx, d, di, ldd, g, tileRows, k, n, sum);
            default -> TransposedTile8x3.run(rows, x, xi, ldx, d, di, ldd, g, tileRows, k, n, sum);
          }
        } else if (vectors == 2) {
          TransposedTile4x2.run(rows, x, xi, ldx, d, di, ldd, g, tileRows, k, n, sum);
        } else {
          TransposedTile4x3.run(rows, x, xi, ldx, d, di, ldd, g, tileRows, k, n, sum);
        }
      }
      n += vectors * LANES;
    }
  }

  /// How many vectors of a row the next tile takes: three if possible. Short vectors come at least
  /// four to a row, and a lonely one is avoided.
  private static int vectors(int left) {
    return left == 4 ? 2 : Math.min(3, left);
  }
}
