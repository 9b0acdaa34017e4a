package io.weir.trainer.engine.kernel;

import static io.weir.trainer.engine.kernel.Panels.WIDTH;
import static io.weir.trainer.engine.kernel.VectorMath.FLOATS;
import static io.weir.trainer.engine.kernel.VectorMath.LANES;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.zero;

import jdk.incubator.vector.FloatVector;

/// `G = Xᵀ D`, or `G += Xᵀ D`, in tiles of 4 rows of G x 2 vectors; written by `kernel_tiles.py` as
/// the multiply tiles are.
final class TransposedTile4x2 {
  private TransposedTile4x2() {}

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
    FloatVector g01 = zero(FLOATS);
    FloatVector g10 = zero(FLOATS);
    FloatVector g11 = zero(FLOATS);
    FloatVector g20 = zero(FLOATS);
    FloatVector g21 = zero(FLOATS);
    FloatVector g30 = zero(FLOATS);
    FloatVector g31 = zero(FLOATS);
    final int o0 = Panels.index(tileRows, row, column);
    final int o1 = Panels.index(tileRows, row, column + LANES);
    if (sum) {
      g00 = fromArray(FLOATS, g, o0);
      g01 = fromArray(FLOATS, g, o1);
      g10 = fromArray(FLOATS, g, o0 + WIDTH);
      g11 = fromArray(FLOATS, g, o1 + WIDTH);
      g20 = fromArray(FLOATS, g, o0 + 2 * WIDTH);
      g21 = fromArray(FLOATS, g, o1 + 2 * WIDTH);
      g30 = fromArray(FLOATS, g, o0 + 3 * WIDTH);
      g31 = fromArray(FLOATS, g, o1 + 3 * WIDTH);
    }
    int xi = xo;
    int di = off;
    for (int k = 0; k < rows; k++) {
      final FloatVector y0 = fromArray(FLOATS, d, di);
      final FloatVector y1 = fromArray(FLOATS, d, di + LANES);
      final FloatVector x0 = broadcast(FLOATS, x[xi]);
      g00 = x0.fma(y0, g00);
      g01 = x0.fma(y1, g01);
      final FloatVector x1 = broadcast(FLOATS, x[xi + 1]);
      g10 = x1.fma(y0, g10);
      g11 = x1.fma(y1, g11);
      final FloatVector x2 = broadcast(FLOATS, x[xi + 2]);
      g20 = x2.fma(y0, g20);
      g21 = x2.fma(y1, g21);
      final FloatVector x3 = broadcast(FLOATS, x[xi + 3]);
      g30 = x3.fma(y0, g30);
      g31 = x3.fma(y1, g31);
      xi += ldx;
      di += ldd;
    }
    g00.intoArray(g, o0);
    g01.intoArray(g, o1);
    g10.intoArray(g, o0 + WIDTH);
    g11.intoArray(g, o1 + WIDTH);
    g20.intoArray(g, o0 + 2 * WIDTH);
    g21.intoArray(g, o1 + 2 * WIDTH);
    g30.intoArray(g, o0 + 3 * WIDTH);
    g31.intoArray(g, o1 + 3 * WIDTH);
  }
}
