package io.weir.benchmarks.training;

import io.weir.trainer.engine.random.Philox;
import io.weir.trainer.engine.random.RandomStream.Purpose;

/// The latent noise that the engine draws when the batch is all the data there is: then a step is
/// an epoch, and the noise belongs to the row, wherever it is shuffled to. Computed once more from
/// its definition, in double: Philox words at (latent quad, row, epoch, purpose), then Box-Muller.
final class GateNoise {
  private GateNoise() {}

  /// @return [steps x rows x latent]
  static float[] of(long seed, int steps, int rows, int latent) {
    float[] noise = new float[steps * rows * latent];
    int[] radius = new int[2];
    int[] angle = new int[2];
    int at = 0;
    for (int step = 1; step <= steps; step++) {
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < latent; column++) {
          Philox.pairs(column / 4, row, step, Purpose.NOISE.ordinal(), seed, radius, angle, 0);
          int pair = column / 2 % 2;
          double length = Math.sqrt(-2 * Math.log(((radius[pair] >>> 8) + 0.5) * 0x1p-24));
          double turn = Math.PI * ((angle[pair] >> 8) * 0x1p-23);
          noise[at++] = (float) (length * (column % 2 == 0 ? Math.cos(turn) : Math.sin(turn)));
        }
      }
    }
    return noise;
  }
}
