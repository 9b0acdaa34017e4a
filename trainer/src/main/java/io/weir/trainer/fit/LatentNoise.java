package io.weir.trainer.fit;

import io.weir.trainer.engine.kernel.Kernels;
import io.weir.trainer.engine.kernel.Panels;
import io.weir.trainer.engine.random.Philox;

/// Standard normal noise for the latent. Each number is a function of the seed, the purpose, the
/// epoch, the row's index in the data, the sample and the latent column: neither batches nor
/// threads change it. Working memory for one thread.
final class LatentNoise {
  private final Kernels kernels;
  private final long seed;
  private final int latent;
  private final int width;
  private final int pairs;
  private final int[] radius;
  private final int[] angle;
  private final float[] cosines;
  private final float[] sines;

  /// @param rows at most, of one call
  LatentNoise(Kernels kernels, long seed, int latent, int rows) {
    this.kernels = kernels;
    this.seed = seed;
    this.latent = latent;
    width = Panels.padded(latent);
    pairs = (latent + 3) / 4 * 2;
    int size = Panels.padded(Math.multiplyExact(rows, pairs));
    radius = new int[size];
    angle = new int[size];
    cosines = new float[size];
    sines = new float[size];
  }

  /// Fills rows [from, to) of the noise buffer.
  void fill(Batch batch, int from, int to, float[] noise) {
    int next = 0;
    for (int r = from; r < to; r++) {
      int row = batch.rows[r];
      int first = batch.samples[r] * (pairs / 2);
      for (int quad = first; quad < first + pairs / 2; quad++) {
        Philox.pairs(quad, row, batch.epoch(), batch.noise().ordinal(), seed, radius, angle, next);
        next += 2;
      }
    }
    kernels.normals(Panels.padded(next), radius, angle, cosines, sines);
    for (int r = from; r < to; r++) {
      int pair = (r - from) * pairs;
      for (int column = 0; column < latent; column += 2) {
        noise[r * width + column] = cosines[pair];
        if (column + 1 < latent) {
          noise[r * width + column + 1] = sines[pair];
        }
        pair++;
      }
    }
  }
}
