package io.weir.trainer.engine.kernel;

import static io.weir.trainer.engine.kernel.Panels.WIDTH;
import static io.weir.trainer.engine.kernel.VectorMath.FLOATS;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.zero;

import jdk.incubator.vector.FloatVector;

/// `G = Xᵀ D`, or `G += Xᵀ D`, in tiles of 8 rows of G x 1 vectors; written by `kernel_tiles.py` as
/// the multiply tiles are.
final class TransposedTile8x1 {
  private TransposedTile8x1() {}

  /// @param column of the first vector
  /// @param sum whether G is added to
  static void run(
      int rows,
      float[] x,
      int xo,
      int ldx,
      float[] d,
      int off,
      int ldd,
      float[] g,
      int tileRows,
      int row,
      int column,
      boolean sum) {
    FloatVector g00 = zero(FLOATS);
    FloatVector g10 = zero(FLOATS);
    FloatVector g20 = zero(FLOATS);
    FloatVector g30 = zero(FLOATS);
    FloatVector g40 = zero(FLOATS);
    FloatVector g50 = zero(FLOATS);
    FloatVector g60 = zero(FLOATS);
    FloatVector g70 = zero(FLOATS);
    final int o0 = Panels.index(tileRows, row, column);
    if (sum) {
      g00 = fromArray(FLOATS, g, o0);
      g10 = fromArray(FLOATS, g, o0 + WIDTH);
      g20 = fromArray(FLOATS, g, o0 + 2 * WIDTH);
      g30 = fromArray(FLOATS, g, o0 + 3 * WIDTH);
      g40 = fromArray(FLOATS, g, o0 + 4 * WIDTH);
      g50 = fromArray(FLOATS, g, o0 + 5 * WIDTH);
      g60 = fromArray(FLOATS, g, o0 + 6 * WIDTH);
      g70 = fromArray(FLOATS, g, o0 + 7 * WIDTH);
    }
    int xi = xo;
    int di = off;
    for (int k = 0; k < rows; k++) {
      final FloatVector y0 = fromArray(FLOATS, d, di);
      final FloatVector x0 = broadcast(FLOATS, x[xi]);
      g00 = x0.fma(y0, g00);
      final FloatVector x1 = broadcast(FLOATS, x[xi + 1]);
      g10 = x1.fma(y0, g10);
      final FloatVector x2 = broadcast(FLOATS, x[xi + 2]);
      g20 = x2.fma(y0, g20);
      final FloatVector x3 = broadcast(FLOATS, x[xi + 3]);
      g30 = x3.fma(y0, g30);
      final FloatVector x4 = broadcast(FLOATS, x[xi + 4]);
      g40 = x4.fma(y0, g40);
      final FloatVector x5 = broadcast(FLOATS, x[xi + 5]);
      g50 = x5.fma(y0, g50);
      final FloatVector x6 = broadcast(FLOATS, x[xi + 6]);
      g60 = x6.fma(y0, g60);
      final FloatVector x7 = broadcast(FLOATS, x[xi + 7]);
      g70 = x7.fma(y0, g70);
      xi += ldx;
      di += ldd;
    }
    g00.intoArray(g, o0);
    g10.intoArray(g, o0 + WIDTH);
    g20.intoArray(g, o0 + 2 * WIDTH);
    g30.intoArray(g, o0 + 3 * WIDTH);
    g40.intoArray(g, o0 + 4 * WIDTH);
    g50.intoArray(g, o0 + 5 * WIDTH);
    g60.intoArray(g, o0 + 6 * WIDTH);
    g70.intoArray(g, o0 + 7 * WIDTH);
  }
}
