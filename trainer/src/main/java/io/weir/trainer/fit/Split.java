package io.weir.trainer.fit;

import io.weir.trainer.data.bulk.WindowRows;
import io.weir.trainer.engine.random.RandomStream;
import io.weir.trainer.fit.FitException.Unsuitable;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Which rows are learned from and which are held out.
///
/// @param training indices, ascending, at least one
/// @param validation indices, ascending; none of them in `training`. A row may be in neither
public record Split(int[] training, int[] validation) {
  /// Holds out `ceil(fraction * rows)` rows, drawn by the seed, but leaves at least one to learn
  /// from.
  public static Split draw(int rows, double fraction, long seed) {
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

  /// Holds out the last `ceil(fraction * rows)` rows, but leaves at least one to learn from: what
  /// Keras' `validation_split` does.
  public static Split last(int rows, double fraction) {
    int held = Math.min(rows - 1, (int) Math.ceil(fraction * rows));
    return new Split(
        IntStream.range(0, rows - held).toArray(), IntStream.range(rows - held, rows).toArray());
  }

  /// Of windows, holds out the last ones of each key, `ceil(fraction * windows)` in all: keys with
  /// few windows share what each is due. Windows that share an event with a held-out one are in
  /// neither part.
  ///
  /// @param keyOf [windows] from 0
  /// @throws FitException where none is left to learn from
  public static Split lastOfEachKey(WindowRows windows, int[] keyOf, double fraction) {
    int count = keyOf.length;
    int keys = Arrays.stream(keyOf).max().orElse(-1) + 1;
    int[] learning = new int[keys];
    for (int key : keyOf) {
      learning[key]++;
    }
    long before = 0;
    for (int key = 0; key < keys; key++) {
      long after = before + learning[key];
      learning[key] -= (int) (Math.ceil(fraction * after) - Math.ceil(fraction * before));
      before = after;
    }
    int[] firstHeld = new int[keys];
    Arrays.fill(firstHeld, Integer.MAX_VALUE);
    boolean[] held = new boolean[count];
    for (int window = 0; window < count; window++) {
      int key = keyOf[window];
      held[window] = learning[key]-- <= 0;
      if (held[window]) {
        firstHeld[key] = Math.min(firstHeld[key], windows.first(window));
      }
    }
    int[] training =
        IntStream.range(0, count)
            .filter(window -> !held[window] && windows.last(window) < firstHeld[keyOf[window]])
            .toArray();
    if (training.length == 0) {
      throw new Unsuitable(
          "Of %d windows, the last %s of each key are held out, and no other is free of their events: none is left to learn from. Hold out fewer with --validation, or give more rows"
              .formatted(count, fraction));
    }
    return new Split(training, IntStream.range(0, count).filter(i -> held[i]).toArray());
  }
}
