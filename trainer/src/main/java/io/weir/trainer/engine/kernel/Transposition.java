package io.weir.trainer.engine.kernel;

import static io.weir.trainer.engine.kernel.VectorMath.FLOATS;
import static io.weir.trainer.engine.kernel.VectorMath.INTS;
import static jdk.incubator.vector.FloatVector.fromArray;

import java.util.Arrays;
import jdk.incubator.vector.IntVector;

/// The transposition of a square of 16 x 16 floats in vectors of 16: four rounds, each of which
/// swaps the halves of blocks of twice the size between two rows; written by `kernel_tiles.py`.
final class Transposition {
  private static final int SIZE = 16;

  /// Behind each other for blocks of 1, 2, 4 and 8: which lanes of two vectors make the first one,
  /// and which the second.
  private static final int[] ORDERS = orders();

  /// Read from `SIZE - rows`: all bits in the first lanes.
  private static final int[] KEPT = kept();

  private Transposition() {}

  private static int[] orders() {
    int[] lanes = new int[8 * SIZE];
    for (int round = 0; round < 4; round++) {
      int d = 1 << round;
      for (int lane = 0; lane < SIZE; lane++) {
        boolean first = (lane & d) == 0;
        lanes[2 * round * SIZE + lane] = first ? lane : SIZE + lane - d;
        lanes[(2 * round + 1) * SIZE + lane] = first ? lane + d : SIZE + lane;
      }
    }
    return lanes;
  }

  private static int[] kept() {
    int[] bits = new int[2 * SIZE];
    Arrays.fill(bits, 0, SIZE, -1);
    return bits;
  }

  /// As [Kernels#transpose].
  static void run(int rows, int columns, float[] a, int ao, float[] b, int bo) {
    final IntVector keep = IntVector.fromArray(INTS, KEPT, SIZE - rows);
    final int last = ao + (rows - 1) * SIZE;
    final IntVector a0 = fromArray(FLOATS, a, ao).reinterpretAsInts();
    final IntVector a1 = fromArray(FLOATS, a, Math.min(ao + SIZE, last)).reinterpretAsInts();
    final IntVector a2 = fromArray(FLOATS, a, Math.min(ao + 2 * SIZE, last)).reinterpretAsInts();
    final IntVector a3 = fromArray(FLOATS, a, Math.min(ao + 3 * SIZE, last)).reinterpretAsInts();
    final IntVector a4 = fromArray(FLOATS, a, Math.min(ao + 4 * SIZE, last)).reinterpretAsInts();
    final IntVector a5 = fromArray(FLOATS, a, Math.min(ao + 5 * SIZE, last)).reinterpretAsInts();
    final IntVector a6 = fromArray(FLOATS, a, Math.min(ao + 6 * SIZE, last)).reinterpretAsInts();
    final IntVector a7 = fromArray(FLOATS, a, Math.min(ao + 7 * SIZE, last)).reinterpretAsInts();
    final IntVector a8 = fromArray(FLOATS, a, Math.min(ao + 8 * SIZE, last)).reinterpretAsInts();
    final IntVector a9 = fromArray(FLOATS, a, Math.min(ao + 9 * SIZE, last)).reinterpretAsInts();
    final IntVector a10 = fromArray(FLOATS, a, Math.min(ao + 10 * SIZE, last)).reinterpretAsInts();
    final IntVector a11 = fromArray(FLOATS, a, Math.min(ao + 11 * SIZE, last)).reinterpretAsInts();
    final IntVector a12 = fromArray(FLOATS, a, Math.min(ao + 12 * SIZE, last)).reinterpretAsInts();
    final IntVector a13 = fromArray(FLOATS, a, Math.min(ao + 13 * SIZE, last)).reinterpretAsInts();
    final IntVector a14 = fromArray(FLOATS, a, Math.min(ao + 14 * SIZE, last)).reinterpretAsInts();
    final IntVector a15 = fromArray(FLOATS, a, Math.min(ao + 15 * SIZE, last)).reinterpretAsInts();
    final IntVector low1 = IntVector.fromArray(INTS, ORDERS, 0 * SIZE);
    final IntVector high1 = IntVector.fromArray(INTS, ORDERS, 1 * SIZE);
    final IntVector b0 = low1.selectFrom(a0, a1);
    final IntVector b1 = high1.selectFrom(a0, a1);
    final IntVector b2 = low1.selectFrom(a2, a3);
    final IntVector b3 = high1.selectFrom(a2, a3);
    final IntVector b4 = low1.selectFrom(a4, a5);
    final IntVector b5 = high1.selectFrom(a4, a5);
    final IntVector b6 = low1.selectFrom(a6, a7);
    final IntVector b7 = high1.selectFrom(a6, a7);
    final IntVector b8 = low1.selectFrom(a8, a9);
    final IntVector b9 = high1.selectFrom(a8, a9);
    final IntVector b10 = low1.selectFrom(a10, a11);
    final IntVector b11 = high1.selectFrom(a10, a11);
    final IntVector b12 = low1.selectFrom(a12, a13);
    final IntVector b13 = high1.selectFrom(a12, a13);
    final IntVector b14 = low1.selectFrom(a14, a15);
    final IntVector b15 = high1.selectFrom(a14, a15);
    final IntVector low2 = IntVector.fromArray(INTS, ORDERS, 2 * SIZE);
    final IntVector high2 = IntVector.fromArray(INTS, ORDERS, 3 * SIZE);
    final IntVector c0 = low2.selectFrom(b0, b2);
    final IntVector c1 = low2.selectFrom(b1, b3);
    final IntVector c2 = high2.selectFrom(b0, b2);
    final IntVector c3 = high2.selectFrom(b1, b3);
    final IntVector c4 = low2.selectFrom(b4, b6);
    final IntVector c5 = low2.selectFrom(b5, b7);
    final IntVector c6 = high2.selectFrom(b4, b6);
    final IntVector c7 = high2.selectFrom(b5, b7);
    final IntVector c8 = low2.selectFrom(b8, b10);
    final IntVector c9 = low2.selectFrom(b9, b11);
    final IntVector c10 = high2.selectFrom(b8, b10);
    final IntVector c11 = high2.selectFrom(b9, b11);
    final IntVector c12 = low2.selectFrom(b12, b14);
    final IntVector c13 = low2.selectFrom(b13, b15);
    final IntVector c14 = high2.selectFrom(b12, b14);
    final IntVector c15 = high2.selectFrom(b13, b15);
    final IntVector low4 = IntVector.fromArray(INTS, ORDERS, 4 * SIZE);
    final IntVector high4 = IntVector.fromArray(INTS, ORDERS, 5 * SIZE);
    final IntVector d0 = low4.selectFrom(c0, c4);
    final IntVector d1 = low4.selectFrom(c1, c5);
    final IntVector d2 = low4.selectFrom(c2, c6);
    final IntVector d3 = low4.selectFrom(c3, c7);
    final IntVector d4 = high4.selectFrom(c0, c4);
    final IntVector d5 = high4.selectFrom(c1, c5);
    final IntVector d6 = high4.selectFrom(c2, c6);
    final IntVector d7 = high4.selectFrom(c3, c7);
    final IntVector d8 = low4.selectFrom(c8, c12);
    final IntVector d9 = low4.selectFrom(c9, c13);
    final IntVector d10 = low4.selectFrom(c10, c14);
    final IntVector d11 = low4.selectFrom(c11, c15);
    final IntVector d12 = high4.selectFrom(c8, c12);
    final IntVector d13 = high4.selectFrom(c9, c13);
    final IntVector d14 = high4.selectFrom(c10, c14);
    final IntVector d15 = high4.selectFrom(c11, c15);
    final IntVector low8 = IntVector.fromArray(INTS, ORDERS, 6 * SIZE);
    final IntVector high8 = IntVector.fromArray(INTS, ORDERS, 7 * SIZE);
    final IntVector e0 = low8.selectFrom(d0, d8);
    final IntVector e1 = low8.selectFrom(d1, d9);
    final IntVector e2 = low8.selectFrom(d2, d10);
    final IntVector e3 = low8.selectFrom(d3, d11);
    final IntVector e4 = low8.selectFrom(d4, d12);
    final IntVector e5 = low8.selectFrom(d5, d13);
    final IntVector e6 = low8.selectFrom(d6, d14);
    final IntVector e7 = low8.selectFrom(d7, d15);
    final IntVector e8 = high8.selectFrom(d0, d8);
    final IntVector e9 = high8.selectFrom(d1, d9);
    final IntVector e10 = high8.selectFrom(d2, d10);
    final IntVector e11 = high8.selectFrom(d3, d11);
    final IntVector e12 = high8.selectFrom(d4, d12);
    final IntVector e13 = high8.selectFrom(d5, d13);
    final IntVector e14 = high8.selectFrom(d6, d14);
    final IntVector e15 = high8.selectFrom(d7, d15);
    e0.and(keep).reinterpretAsFloats().intoArray(b, bo);
    if (columns > 1) {
      e1.and(keep).reinterpretAsFloats().intoArray(b, bo + SIZE);
    }
    if (columns > 2) {
      e2.and(keep).reinterpretAsFloats().intoArray(b, bo + 2 * SIZE);
    }
    if (columns > 3) {
      e3.and(keep).reinterpretAsFloats().intoArray(b, bo + 3 * SIZE);
    }
    if (columns > 4) {
      e4.and(keep).reinterpretAsFloats().intoArray(b, bo + 4 * SIZE);
    }
    if (columns > 5) {
      e5.and(keep).reinterpretAsFloats().intoArray(b, bo + 5 * SIZE);
    }
    if (columns > 6) {
      e6.and(keep).reinterpretAsFloats().intoArray(b, bo + 6 * SIZE);
    }
    if (columns > 7) {
      e7.and(keep).reinterpretAsFloats().intoArray(b, bo + 7 * SIZE);
    }
    if (columns > 8) {
      e8.and(keep).reinterpretAsFloats().intoArray(b, bo + 8 * SIZE);
    }
    if (columns > 9) {
      e9.and(keep).reinterpretAsFloats().intoArray(b, bo + 9 * SIZE);
    }
    if (columns > 10) {
      e10.and(keep).reinterpretAsFloats().intoArray(b, bo + 10 * SIZE);
    }
    if (columns > 11) {
      e11.and(keep).reinterpretAsFloats().intoArray(b, bo + 11 * SIZE);
    }
    if (columns > 12) {
      e12.and(keep).reinterpretAsFloats().intoArray(b, bo + 12 * SIZE);
    }
    if (columns > 13) {
      e13.and(keep).reinterpretAsFloats().intoArray(b, bo + 13 * SIZE);
    }
    if (columns > 14) {
      e14.and(keep).reinterpretAsFloats().intoArray(b, bo + 14 * SIZE);
    }
    if (columns > 15) {
      e15.and(keep).reinterpretAsFloats().intoArray(b, bo + 15 * SIZE);
    }
  }
}
