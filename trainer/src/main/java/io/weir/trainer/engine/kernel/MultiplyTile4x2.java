package io.weir.trainer.engine.kernel;

import static io.weir.trainer.engine.kernel.VectorMath.FLOATS;
import static io.weir.trainer.engine.kernel.VectorMath.LANES;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GT;

import jdk.incubator.vector.FloatVector;

/// `C = leaky(init + A B)` in tiles of 4 rows x 2 vectors; written by `kernel_tiles.py`. A and B
/// advance by constants, which lets the range checks leave the loop. `a.fma(b, sum)`, not
/// `sum.fma(a, b)`: the other form copies a register each time. Too long to be inlined, so that it
/// is compiled once, alone.
final class MultiplyTile4x2 {
  private MultiplyTile4x2() {}

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
    FloatVector c00 = fromArray(FLOATS, init, io);
    FloatVector c01 = fromArray(FLOATS, init, io + LANES);
    FloatVector c10 = fromArray(FLOATS, init, io + ldi);
    FloatVector c11 = fromArray(FLOATS, init, io + ldi + LANES);
    FloatVector c20 = fromArray(FLOATS, init, io + 2 * ldi);
    FloatVector c21 = fromArray(FLOATS, init, io + 2 * ldi + LANES);
    FloatVector c30 = fromArray(FLOATS, init, io + 3 * ldi);
    FloatVector c31 = fromArray(FLOATS, init, io + 3 * ldi + LANES);
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
    }
    c00.mul(slope).blend(c00, c00.compare(GT, 0f)).intoArray(c, co);
    c01.mul(slope).blend(c01, c01.compare(GT, 0f)).intoArray(c, co + LANES);
    c10.mul(slope).blend(c10, c10.compare(GT, 0f)).intoArray(c, co + ldc);
    c11.mul(slope).blend(c11, c11.compare(GT, 0f)).intoArray(c, co + ldc + LANES);
    c20.mul(slope).blend(c20, c20.compare(GT, 0f)).intoArray(c, co + 2 * ldc);
    c21.mul(slope).blend(c21, c21.compare(GT, 0f)).intoArray(c, co + 2 * ldc + LANES);
    c30.mul(slope).blend(c30, c30.compare(GT, 0f)).intoArray(c, co + 3 * ldc);
    c31.mul(slope).blend(c31, c31.compare(GT, 0f)).intoArray(c, co + 3 * ldc + LANES);
  }
}
