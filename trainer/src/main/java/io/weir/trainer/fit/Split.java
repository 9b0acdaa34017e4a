package io.weir.trainer.fit;

import io.weir.trainer.engine.random.RandomStream;
import java.util.Arrays;

/// Which rows are learned from and which are held out.
///
/// @param training indices, ascending, at least one
/// @param validation indices, ascending; none of them in `training`
public record Split(int[] training, int[] validation) {
  /// Holds out `ceil(fraction * rows)` rows, drawn by the seed, but leaves at least one to learn
  /// from.
  static Split draw(int rows, double fraction, long seed) {
    int[] order = new int[rows];
    Arrays.setAll(order, i -> i);
    int held = Math.min(rows - 1, (int) Math.ceil(fraction * rows));
    if (held > 0) {
      new RandomStream(seed, RandomStream.Purpose.SPLIT, 0).shuffle(order);
    }
    int[] validation = Arrays.copyOf(order, held);
    int[] training = Arrays.copyOfRange(order, held, rows);
    Arrays.sort(validation);
    Arrays.sort(training);
    return new Split(training, validation);
  }
}
