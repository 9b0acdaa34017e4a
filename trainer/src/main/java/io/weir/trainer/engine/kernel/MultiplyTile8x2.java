package io.weir.trainer.engine.kernel;

import static io.weir.trainer.engine.kernel.VectorMath.FLOATS;
import static io.weir.trainer.engine.kernel.VectorMath.LANES;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GT;

import jdk.incubator.vector.FloatVector;

/// `C = leaky(init + A B)` in tiles of 8 rows x 2 vectors; written by `kernel_tiles.py`. A and B
/// advance by constants, which lets the range checks leave the loop. `a.fma(b, sum)`, not
/// `sum.fma(a, b)`: the other form copies a register each time. Too long to be inlined, so that it
/// is compiled once, alone.
final class MultiplyTile8x2 {
  private MultiplyTile8x2() {}

  /// @param column of the first vector
  static void run(
      int depth,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int column,
      float[] init,
      int io,
      int ldi,
      float slope,
      float[] c,
      int co,
      int ldc) {
    final int b0 = Panels.index(depth, 0, column);
    final int b1 = Panels.index(depth, 0, column + LANES);
    final int a0 = ao;
    final int a1 = ao + lda;
    final int a2 = ao + 2 * lda;
    final int a3 = ao + 3 * lda;
    final int a4 = ao + 4 * lda;
    final int a5 = ao + 5 * lda;
    final int a6 = ao + 6 * lda;
    final int a7 = ao + 7 * lda;
    FloatVector c00 = fromArray(FLOATS, init, io);
    FloatVector c01 = fromArray(FLOATS, init, io + LANES);
    FloatVector c10 = fromArray(FLOATS, init, io + ldi);
    FloatVector c11 = fromArray(FLOATS, init, io + ldi + LANES);
    FloatVector c20 = fromArray(FLOATS, init, io + 2 * ldi);
    FloatVector c21 = fromArray(FLOATS, init, io + 2 * ldi + LANES);
    FloatVector c30 = fromArray(FLOATS, init, io + 3 * ldi);
    FloatVector c31 = fromArray(FLOATS, init, io + 3 * ldi + LANES);
    FloatVector c40 = fromArray(FLOATS, init, io + 4 * ldi);
    FloatVector c41 = fromArray(FLOATS, init, io + 4 * ldi + LANES);
    FloatVector c50 = fromArray(FLOATS, init, io + 5 * ldi);
    FloatVector c51 = fromArray(FLOATS, init, io + 5 * ldi + LANES);
    FloatVector c60 = fromArray(FLOATS, init, io + 6 * ldi);
    FloatVector c61 = fromArray(FLOATS, init, io + 6 * ldi + LANES);
    FloatVector c70 = fromArray(FLOATS, init, io + 7 * ldi);
    FloatVector c71 = fromArray(FLOATS, init, io + 7 * ldi + LANES);
    for (int k = 0; k < depth; k++) {
      final FloatVector y0 = fromArray(FLOATS, b, b0 + k * Panels.WIDTH);
      final FloatVector y1 = fromArray(FLOATS, b, b1 + k * Panels.WIDTH);
      final FloatVector x0 = broadcast(FLOATS, a[a0 + k]);
      c00 = x0.fma(y0, c00);
      c01 = x0.fma(y1, c01);
      final FloatVector x1 = broadcast(FLOATS, a[a1 + k]);
      c10 = x1.fma(y0, c10);
      c11 = x1.fma(y1, c11);
      final FloatVector x2 = broadcast(FLOATS, a[a2 + k]);
      c20 = x2.fma(y0, c20);
      c21 = x2.fma(y1, c21);
      final FloatVector x3 = broadcast(FLOATS, a[a3 + k]);
      c30 = x3.fma(y0, c30);
      c31 = x3.fma(y1, c31);
      final FloatVector x4 = broadcast(FLOATS, a[a4 + k]);
      c40 = x4.fma(y0, c40);
      c41 = x4.fma(y1, c41);
      final FloatVector x5 = broadcast(FLOATS, a[a5 + k]);
      c50 = x5.fma(y0, c50);
      c51 = x5.fma(y1, c51);
      final FloatVector x6 = broadcast(FLOATS, a[a6 + k]);
      c60 = x6.fma(y0, c60);
      c61 = x6.fma(y1, c61);
      final FloatVector x7 = broadcast(FLOATS, a[a7 + k]);
      c70 = x7.fma(y0, c70);
      c71 = x7.fma(y1, c71);
    }
    c00.mul(slope).blend(c00, c00.compare(GT, 0f)).intoArray(c, co);
    c01.mul(slope).blend(c01, c01.compare(GT, 0f)).intoArray(c, co + LANES);
    c10.mul(slope).blend(c10, c10.compare(GT, 0f)).intoArray(c, co + ldc);
    c11.mul(slope).blend(c11, c11.compare(GT, 0f)).intoArray(c, co + ldc + LANES);
    c20.mul(slope).blend(c20, c20.compare(GT, 0f)).intoArray(c, co + 2 * ldc);
    c21.mul(slope).blend(c21, c21.compare(GT, 0f)).intoArray(c, co + 2 * ldc + LANES);
    c30.mul(slope).blend(c30, c30.compare(GT, 0f)).intoArray(c, co + 3 * ldc);
    c31.mul(slope).blend(c31, c31.compare(GT, 0f)).intoArray(c, co + 3 * ldc + LANES);
    c40.mul(slope).blend(c40, c40.compare(GT, 0f)).intoArray(c, co + 4 * ldc);
    c41.mul(slope).blend(c41, c41.compare(GT, 0f)).intoArray(c, co + 4 * ldc + LANES);
    c50.mul(slope).blend(c50, c50.compare(GT, 0f)).intoArray(c, co + 5 * ldc);
    c51.mul(slope).blend(c51, c51.compare(GT, 0f)).intoArray(c, co + 5 * ldc + LANES);
    c60.mul(slope).blend(c60, c60.compare(GT, 0f)).intoArray(c, co + 6 * ldc);
    c61.mul(slope).blend(c61, c61.compare(GT, 0f)).intoArray(c, co + 6 * ldc + LANES);
    c70.mul(slope).blend(c70, c70.compare(GT, 0f)).intoArray(c, co + 7 * ldc);
    c71.mul(slope).blend(c71, c71.compare(GT, 0f)).intoArray(c, co + 7 * ldc + LANES);
  }
}
