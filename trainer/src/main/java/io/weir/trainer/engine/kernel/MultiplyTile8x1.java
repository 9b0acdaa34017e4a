package io.weir.trainer.engine.kernel;

import static io.weir.trainer.engine.kernel.VectorMath.FLOATS;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GT;

import jdk.incubator.vector.FloatVector;

/// `C = leaky(init + A B)` in tiles of 8 rows x 1 vectors; written by `kernel_tiles.py`. A and B
/// advance by constants, which lets the range checks leave the loop. `a.fma(b, sum)`, not
/// `sum.fma(a, b)`: the other form copies a register each time. Too long to be inlined, so that it
/// is compiled once, alone.
final class MultiplyTile8x1 {
  private MultiplyTile8x1() {}

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
    final int a0 = ao;
    final int a1 = ao + lda;
    final int a2 = ao + 2 * lda;
    final int a3 = ao + 3 * lda;
    final int a4 = ao + 4 * lda;
    final int a5 = ao + 5 * lda;
    final int a6 = ao + 6 * lda;
    final int a7 = ao + 7 * lda;
    FloatVector c00 = fromArray(FLOATS, init, io);
    FloatVector c10 = fromArray(FLOATS, init, io + ldi);
    FloatVector c20 = fromArray(FLOATS, init, io + 2 * ldi);
    FloatVector c30 = fromArray(FLOATS, init, io + 3 * ldi);
    FloatVector c40 = fromArray(FLOATS, init, io + 4 * ldi);
    FloatVector c50 = fromArray(FLOATS, init, io + 5 * ldi);
    FloatVector c60 = fromArray(FLOATS, init, io + 6 * ldi);
    FloatVector c70 = fromArray(FLOATS, init, io + 7 * ldi);
    for (int k = 0; k < depth; k++) {
      final FloatVector y0 = fromArray(FLOATS, b, b0 + k * Panels.WIDTH);
      final FloatVector x0 = broadcast(FLOATS, a[a0 + k]);
      c00 = x0.fma(y0, c00);
      final FloatVector x1 = broadcast(FLOATS, a[a1 + k]);
      c10 = x1.fma(y0, c10);
      final FloatVector x2 = broadcast(FLOATS, a[a2 + k]);
      c20 = x2.fma(y0, c20);
      final FloatVector x3 = broadcast(FLOATS, a[a3 + k]);
      c30 = x3.fma(y0, c30);
      final FloatVector x4 = broadcast(FLOATS, a[a4 + k]);
      c40 = x4.fma(y0, c40);
      final FloatVector x5 = broadcast(FLOATS, a[a5 + k]);
      c50 = x5.fma(y0, c50);
      final FloatVector x6 = broadcast(FLOATS, a[a6 + k]);
      c60 = x6.fma(y0, c60);
      final FloatVector x7 = broadcast(FLOATS, a[a7 + k]);
      c70 = x7.fma(y0, c70);
    }
    c00.mul(slope).blend(c00, c00.compare(GT, 0f)).intoArray(c, co);
    c10.mul(slope).blend(c10, c10.compare(GT, 0f)).intoArray(c, co + ldc);
    c20.mul(slope).blend(c20, c20.compare(GT, 0f)).intoArray(c, co + 2 * ldc);
    c30.mul(slope).blend(c30, c30.compare(GT, 0f)).intoArray(c, co + 3 * ldc);
    c40.mul(slope).blend(c40, c40.compare(GT, 0f)).intoArray(c, co + 4 * ldc);
    c50.mul(slope).blend(c50, c50.compare(GT, 0f)).intoArray(c, co + 5 * ldc);
    c60.mul(slope).blend(c60, c60.compare(GT, 0f)).intoArray(c, co + 6 * ldc);
    c70.mul(slope).blend(c70, c70.compare(GT, 0f)).intoArray(c, co + 7 * ldc);
  }
}
