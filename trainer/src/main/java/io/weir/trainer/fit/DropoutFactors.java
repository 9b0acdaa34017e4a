package io.weir.trainer.fit;

import io.weir.trainer.engine.kernel.Panels;
import io.weir.trainer.engine.layer.LayerSpec.Dropout;
import io.weir.trainer.engine.random.Philox;
import io.weir.trainer.engine.random.RandomStream.Purpose;

/// What dropout multiplies with. Each factor is a function of the seed, the epoch, the layer, the
/// row's index in the data and the column: neither batches nor threads change it. Working memory
/// for one thread.
final class DropoutFactors {
  private static final float UNIT = 0x1p-24f;

  private final long seed;
  private final int[] even = new int[2];
  private final int[] odd = new int[2];

  DropoutFactors(long seed) {
    this.seed = seed;
  }

  /// Fills rows [from, to).
  ///
  /// @param layer its place in `NetworkSpec.layers()`, at most 255
  /// @param factors [rows x columns], rows padded
  void fill(Dropout dropout, int layer, Batch batch, int from, int to, float[] factors) {
    int columns = dropout.columns();
    int width = Panels.padded(columns);
    float kept = 1 / (1 - dropout.rate());
    int stream = batch.epoch() | layer << 24;
    for (int r = from; r < to; r++) {
      for (int quad = 0; quad < (columns + 3) / 4; quad++) {
        Philox.pairs(quad, batch.rows[r], stream, Purpose.DROPOUT.ordinal(), seed, even, odd, 0);
        for (int j = 0; j < 4 && quad * 4 + j < columns; j++) {
          int word = (j & 1) == 0 ? even[j >> 1] : odd[j >> 1];
          factors[r * width + quad * 4 + j] = (word >>> 8) * UNIT >= dropout.rate() ? kept : 0f;
        }
      }
    }
  }
}
