package io.weir.trainer.engine.kernel;

import static io.weir.trainer.engine.kernel.VectorMath.FLOATS;
import static io.weir.trainer.engine.kernel.VectorMath.LANES;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;

/// Register tiles of `C = init + A B`, named rows x vectors. Written out, because the compiler
/// keeps the sums in registers only when each is a variable of its own; at most 24 sums, or they
/// spill. A and B advance by constants, which lets the range checks leave the loop. `a.fma(b,
/// sum)`, not `sum.fma(a, b)`: the other form copies a register each time. Each tile is too long to
/// be inlined, so that it is compiled once, alone.
final class MultiplyTiles {
  private MultiplyTiles() {}

  private static int panel(int depth, int column) {
    return Panels.index(depth, 0, column);
  }

  static void tile8x3(
      int depth,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int column,
      float[] init,
      int io,
      int ldi,
      float[] c,
      int co,
      int ldc) {
    final int b0 = panel(depth, column);
    final int b1 = panel(depth, column + 1 * LANES);
    final int b2 = panel(depth, column + 2 * LANES);
    final int a0 = ao;
    final int a1 = ao + 1 * lda;
    final int a2 = ao + 2 * lda;
    final int a3 = ao + 3 * lda;
    final int a4 = ao + 4 * lda;
    final int a5 = ao + 5 * lda;
    final int a6 = ao + 6 * lda;
    final int a7 = ao + 7 * lda;
    FloatVector c00 = fromArray(FLOATS, init, io);
    FloatVector c01 = fromArray(FLOATS, init, io + 1 * LANES);
    FloatVector c02 = fromArray(FLOATS, init, io + 2 * LANES);
    FloatVector c10 = fromArray(FLOATS, init, io + 1 * ldi);
    FloatVector c11 = fromArray(FLOATS, init, io + 1 * ldi + 1 * LANES);
    FloatVector c12 = fromArray(FLOATS, init, io + 1 * ldi + 2 * LANES);
    FloatVector c20 = fromArray(FLOATS, init, io + 2 * ldi);
    FloatVector c21 = fromArray(FLOATS, init, io + 2 * ldi + 1 * LANES);
    FloatVector c22 = fromArray(FLOATS, init, io + 2 * ldi + 2 * LANES);
    FloatVector c30 = fromArray(FLOATS, init, io + 3 * ldi);
    FloatVector c31 = fromArray(FLOATS, init, io + 3 * ldi + 1 * LANES);
    FloatVector c32 = fromArray(FLOATS, init, io + 3 * ldi + 2 * LANES);
    FloatVector c40 = fromArray(FLOATS, init, io + 4 * ldi);
    FloatVector c41 = fromArray(FLOATS, init, io + 4 * ldi + 1 * LANES);
    FloatVector c42 = fromArray(FLOATS, init, io + 4 * ldi + 2 * LANES);
    FloatVector c50 = fromArray(FLOATS, init, io + 5 * ldi);
    FloatVector c51 = fromArray(FLOATS, init, io + 5 * ldi + 1 * LANES);
    FloatVector c52 = fromArray(FLOATS, init, io + 5 * ldi + 2 * LANES);
    FloatVector c60 = fromArray(FLOATS, init, io + 6 * ldi);
    FloatVector c61 = fromArray(FLOATS, init, io + 6 * ldi + 1 * LANES);
    FloatVector c62 = fromArray(FLOATS, init, io + 6 * ldi + 2 * LANES);
    FloatVector c70 = fromArray(FLOATS, init, io + 7 * ldi);
    FloatVector c71 = fromArray(FLOATS, init, io + 7 * ldi + 1 * LANES);
    FloatVector c72 = fromArray(FLOATS, init, io + 7 * ldi + 2 * LANES);
    for (int k = 0; k < depth; k++) {
      final FloatVector y0 = fromArray(FLOATS, b, b0 + k * Panels.WIDTH);
      final FloatVector y1 = fromArray(FLOATS, b, b1 + k * Panels.WIDTH);
      final FloatVector y2 = fromArray(FLOATS, b, b2 + k * Panels.WIDTH);
      final FloatVector x0 = broadcast(FLOATS, a[a0 + k]);
      c00 = x0.fma(y0, c00);
      c01 = x0.fma(y1, c01);
      c02 = x0.fma(y2, c02);
      final FloatVector x1 = broadcast(FLOATS, a[a1 + k]);
      c10 = x1.fma(y0, c10);
      c11 = x1.fma(y1, c11);
      c12 = x1.fma(y2, c12);
      final FloatVector x2 = broadcast(FLOATS, a[a2 + k]);
      c20 = x2.fma(y0, c20);
      c21 = x2.fma(y1, c21);
      c22 = x2.fma(y2, c22);
      final FloatVector x3 = broadcast(FLOATS, a[a3 + k]);
      c30 = x3.fma(y0, c30);
      c31 = x3.fma(y1, c31);
      c32 = x3.fma(y2, c32);
      final FloatVector x4 = broadcast(FLOATS, a[a4 + k]);
      c40 = x4.fma(y0, c40);
      c41 = x4.fma(y1, c41);
      c42 = x4.fma(y2, c42);
      final FloatVector x5 = broadcast(FLOATS, a[a5 + k]);
      c50 = x5.fma(y0, c50);
      c51 = x5.fma(y1, c51);
      c52 = x5.fma(y2, c52);
      final FloatVector x6 = broadcast(FLOATS, a[a6 + k]);
      c60 = x6.fma(y0, c60);
      c61 = x6.fma(y1, c61);
      c62 = x6.fma(y2, c62);
      final FloatVector x7 = broadcast(FLOATS, a[a7 + k]);
      c70 = x7.fma(y0, c70);
      c71 = x7.fma(y1, c71);
      c72 = x7.fma(y2, c72);
    }
    c00.intoArray(c, co);
    c01.intoArray(c, co + 1 * LANES);
    c02.intoArray(c, co + 2 * LANES);
    c10.intoArray(c, co + 1 * ldc);
    c11.intoArray(c, co + 1 * ldc + 1 * LANES);
    c12.intoArray(c, co + 1 * ldc + 2 * LANES);
    c20.intoArray(c, co + 2 * ldc);
    c21.intoArray(c, co + 2 * ldc + 1 * LANES);
    c22.intoArray(c, co + 2 * ldc + 2 * LANES);
    c30.intoArray(c, co + 3 * ldc);
    c31.intoArray(c, co + 3 * ldc + 1 * LANES);
    c32.intoArray(c, co + 3 * ldc + 2 * LANES);
    c40.intoArray(c, co + 4 * ldc);
    c41.intoArray(c, co + 4 * ldc + 1 * LANES);
    c42.intoArray(c, co + 4 * ldc + 2 * LANES);
    c50.intoArray(c, co + 5 * ldc);
    c51.intoArray(c, co + 5 * ldc + 1 * LANES);
    c52.intoArray(c, co + 5 * ldc + 2 * LANES);
    c60.intoArray(c, co + 6 * ldc);
    c61.intoArray(c, co + 6 * ldc + 1 * LANES);
    c62.intoArray(c, co + 6 * ldc + 2 * LANES);
    c70.intoArray(c, co + 7 * ldc);
    c71.intoArray(c, co + 7 * ldc + 1 * LANES);
    c72.intoArray(c, co + 7 * ldc + 2 * LANES);
  }

  static void tile8x2(
      int depth,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int column,
      float[] init,
      int io,
      int ldi,
      float[] c,
      int co,
      int ldc) {
    final int b0 = panel(depth, column);
    final int b1 = panel(depth, column + 1 * LANES);
    final int a0 = ao;
    final int a1 = ao + 1 * lda;
    final int a2 = ao + 2 * lda;
    final int a3 = ao + 3 * lda;
    final int a4 = ao + 4 * lda;
    final int a5 = ao + 5 * lda;
    final int a6 = ao + 6 * lda;
    final int a7 = ao + 7 * lda;
    FloatVector c00 = fromArray(FLOATS, init, io);
    FloatVector c01 = fromArray(FLOATS, init, io + 1 * LANES);
    FloatVector c10 = fromArray(FLOATS, init, io + 1 * ldi);
    FloatVector c11 = fromArray(FLOATS, init, io + 1 * ldi + 1 * LANES);
    FloatVector c20 = fromArray(FLOATS, init, io + 2 * ldi);
    FloatVector c21 = fromArray(FLOATS, init, io + 2 * ldi + 1 * LANES);
    FloatVector c30 = fromArray(FLOATS, init, io + 3 * ldi);
    FloatVector c31 = fromArray(FLOATS, init, io + 3 * ldi + 1 * LANES);
    FloatVector c40 = fromArray(FLOATS, init, io + 4 * ldi);
    FloatVector c41 = fromArray(FLOATS, init, io + 4 * ldi + 1 * LANES);
    FloatVector c50 = fromArray(FLOATS, init, io + 5 * ldi);
    FloatVector c51 = fromArray(FLOATS, init, io + 5 * ldi + 1 * LANES);
    FloatVector c60 = fromArray(FLOATS, init, io + 6 * ldi);
    FloatVector c61 = fromArray(FLOATS, init, io + 6 * ldi + 1 * LANES);
    FloatVector c70 = fromArray(FLOATS, init, io + 7 * ldi);
    FloatVector c71 = fromArray(FLOATS, init, io + 7 * ldi + 1 * LANES);
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
    c00.intoArray(c, co);
    c01.intoArray(c, co + 1 * LANES);
    c10.intoArray(c, co + 1 * ldc);
    c11.intoArray(c, co + 1 * ldc + 1 * LANES);
    c20.intoArray(c, co + 2 * ldc);
    c21.intoArray(c, co + 2 * ldc + 1 * LANES);
    c30.intoArray(c, co + 3 * ldc);
    c31.intoArray(c, co + 3 * ldc + 1 * LANES);
    c40.intoArray(c, co + 4 * ldc);
    c41.intoArray(c, co + 4 * ldc + 1 * LANES);
    c50.intoArray(c, co + 5 * ldc);
    c51.intoArray(c, co + 5 * ldc + 1 * LANES);
    c60.intoArray(c, co + 6 * ldc);
    c61.intoArray(c, co + 6 * ldc + 1 * LANES);
    c70.intoArray(c, co + 7 * ldc);
    c71.intoArray(c, co + 7 * ldc + 1 * LANES);
  }

  static void tile8x1(
      int depth,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int column,
      float[] init,
      int io,
      int ldi,
      float[] c,
      int co,
      int ldc) {
    final int b0 = panel(depth, column);
    final int a0 = ao;
    final int a1 = ao + 1 * lda;
    final int a2 = ao + 2 * lda;
    final int a3 = ao + 3 * lda;
    final int a4 = ao + 4 * lda;
    final int a5 = ao + 5 * lda;
    final int a6 = ao + 6 * lda;
    final int a7 = ao + 7 * lda;
    FloatVector c00 = fromArray(FLOATS, init, io);
    FloatVector c10 = fromArray(FLOATS, init, io + 1 * ldi);
    FloatVector c20 = fromArray(FLOATS, init, io + 2 * ldi);
    FloatVector c30 = fromArray(FLOATS, init, io + 3 * ldi);
    FloatVector c40 = fromArray(FLOATS, init, io + 4 * ldi);
    FloatVector c50 = fromArray(FLOATS, init, io + 5 * ldi);
    FloatVector c60 = fromArray(FLOATS, init, io + 6 * ldi);
    FloatVector c70 = fromArray(FLOATS, init, io + 7 * ldi);
    for (int k = 0; k < depth; k++) {
      final FloatVector y0 = fromArray(FLOATS, b, b0 + k * Panels.WIDTH);
      c00 = broadcast(FLOATS, a[a0 + k]).fma(y0, c00);
      c10 = broadcast(FLOATS, a[a1 + k]).fma(y0, c10);
      c20 = broadcast(FLOATS, a[a2 + k]).fma(y0, c20);
      c30 = broadcast(FLOATS, a[a3 + k]).fma(y0, c30);
      c40 = broadcast(FLOATS, a[a4 + k]).fma(y0, c40);
      c50 = broadcast(FLOATS, a[a5 + k]).fma(y0, c50);
      c60 = broadcast(FLOATS, a[a6 + k]).fma(y0, c60);
      c70 = broadcast(FLOATS, a[a7 + k]).fma(y0, c70);
    }
    c00.intoArray(c, co);
    c10.intoArray(c, co + 1 * ldc);
    c20.intoArray(c, co + 2 * ldc);
    c30.intoArray(c, co + 3 * ldc);
    c40.intoArray(c, co + 4 * ldc);
    c50.intoArray(c, co + 5 * ldc);
    c60.intoArray(c, co + 6 * ldc);
    c70.intoArray(c, co + 7 * ldc);
  }

  static void tile4x3(
      int depth,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int column,
      float[] init,
      int io,
      int ldi,
      float[] c,
      int co,
      int ldc) {
    final int b0 = panel(depth, column);
    final int b1 = panel(depth, column + 1 * LANES);
    final int b2 = panel(depth, column + 2 * LANES);
    final int a0 = ao;
    final int a1 = ao + 1 * lda;
    final int a2 = ao + 2 * lda;
    final int a3 = ao + 3 * lda;
    FloatVector c00 = fromArray(FLOATS, init, io);
    FloatVector c01 = fromArray(FLOATS, init, io + 1 * LANES);
    FloatVector c02 = fromArray(FLOATS, init, io + 2 * LANES);
    FloatVector c10 = fromArray(FLOATS, init, io + 1 * ldi);
    FloatVector c11 = fromArray(FLOATS, init, io + 1 * ldi + 1 * LANES);
    FloatVector c12 = fromArray(FLOATS, init, io + 1 * ldi + 2 * LANES);
    FloatVector c20 = fromArray(FLOATS, init, io + 2 * ldi);
    FloatVector c21 = fromArray(FLOATS, init, io + 2 * ldi + 1 * LANES);
    FloatVector c22 = fromArray(FLOATS, init, io + 2 * ldi + 2 * LANES);
    FloatVector c30 = fromArray(FLOATS, init, io + 3 * ldi);
    FloatVector c31 = fromArray(FLOATS, init, io + 3 * ldi + 1 * LANES);
    FloatVector c32 = fromArray(FLOATS, init, io + 3 * ldi + 2 * LANES);
    for (int k = 0; k < depth; k++) {
      final FloatVector y0 = fromArray(FLOATS, b, b0 + k * Panels.WIDTH);
      final FloatVector y1 = fromArray(FLOATS, b, b1 + k * Panels.WIDTH);
      final FloatVector y2 = fromArray(FLOATS, b, b2 + k * Panels.WIDTH);
      final FloatVector x0 = broadcast(FLOATS, a[a0 + k]);
      c00 = x0.fma(y0, c00);
      c01 = x0.fma(y1, c01);
      c02 = x0.fma(y2, c02);
      final FloatVector x1 = broadcast(FLOATS, a[a1 + k]);
      c10 = x1.fma(y0, c10);
      c11 = x1.fma(y1, c11);
      c12 = x1.fma(y2, c12);
      final FloatVector x2 = broadcast(FLOATS, a[a2 + k]);
      c20 = x2.fma(y0, c20);
      c21 = x2.fma(y1, c21);
      c22 = x2.fma(y2, c22);
      final FloatVector x3 = broadcast(FLOATS, a[a3 + k]);
      c30 = x3.fma(y0, c30);
      c31 = x3.fma(y1, c31);
      c32 = x3.fma(y2, c32);
    }
    c00.intoArray(c, co);
    c01.intoArray(c, co + 1 * LANES);
    c02.intoArray(c, co + 2 * LANES);
    c10.intoArray(c, co + 1 * ldc);
    c11.intoArray(c, co + 1 * ldc + 1 * LANES);
    c12.intoArray(c, co + 1 * ldc + 2 * LANES);
    c20.intoArray(c, co + 2 * ldc);
    c21.intoArray(c, co + 2 * ldc + 1 * LANES);
    c22.intoArray(c, co + 2 * ldc + 2 * LANES);
    c30.intoArray(c, co + 3 * ldc);
    c31.intoArray(c, co + 3 * ldc + 1 * LANES);
    c32.intoArray(c, co + 3 * ldc + 2 * LANES);
  }

  static void tile4x2(
      int depth,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int column,
      float[] init,
      int io,
      int ldi,
      float[] c,
      int co,
      int ldc) {
    final int b0 = panel(depth, column);
    final int b1 = panel(depth, column + 1 * LANES);
    final int a0 = ao;
    final int a1 = ao + 1 * lda;
    final int a2 = ao + 2 * lda;
    final int a3 = ao + 3 * lda;
    FloatVector c00 = fromArray(FLOATS, init, io);
    FloatVector c01 = fromArray(FLOATS, init, io + 1 * LANES);
    FloatVector c10 = fromArray(FLOATS, init, io + 1 * ldi);
    FloatVector c11 = fromArray(FLOATS, init, io + 1 * ldi + 1 * LANES);
    FloatVector c20 = fromArray(FLOATS, init, io + 2 * ldi);
    FloatVector c21 = fromArray(FLOATS, init, io + 2 * ldi + 1 * LANES);
    FloatVector c30 = fromArray(FLOATS, init, io + 3 * ldi);
    FloatVector c31 = fromArray(FLOATS, init, io + 3 * ldi + 1 * LANES);
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
    c00.intoArray(c, co);
    c01.intoArray(c, co + 1 * LANES);
    c10.intoArray(c, co + 1 * ldc);
    c11.intoArray(c, co + 1 * ldc + 1 * LANES);
    c20.intoArray(c, co + 2 * ldc);
    c21.intoArray(c, co + 2 * ldc + 1 * LANES);
    c30.intoArray(c, co + 3 * ldc);
    c31.intoArray(c, co + 3 * ldc + 1 * LANES);
  }
}
