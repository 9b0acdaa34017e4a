package io.weir.trainer.grid;

import io.weir.trainer.config.ConfigException;
import io.weir.trainer.engine.random.RandomStream;
import io.weir.trainer.engine.random.RandomStream.Purpose;
import io.weir.trainer.fit.Split;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// The division of k-fold cross-validation (Stone, 1974): every row is held out in exactly one fold
/// and learned from in all others. Sizes of folds differ by at most one row, the first ones being
/// the larger.
public final class Folds {
  private final int[] foldOf;
  private final int count;

  private Folds(int[] foldOf, int count) {
    this.foldOf = foldOf;
    this.count = count;
  }

  /// Shuffles the rows by the seed and deals them out.
  ///
  /// @param folds at least 2 and at most `rows`
  /// @throws ConfigException otherwise
  public static Folds draw(int rows, int folds, long seed) {
    if (folds < 2 || folds > rows) {
      throw new ConfigException(
          "--folds %d: from 2 to the number of rows, which is %d".formatted(folds, rows));
    }
    int[] order = IntStream.range(0, rows).toArray();
    new RandomStream(seed, Purpose.SPLIT, 0).shuffle(order);
    int[] foldOf = new int[rows];
    int at = 0;
    for (int fold = 1; fold <= folds; fold++) {
      int size = rows / folds + (fold <= rows % folds ? 1 : 0);
      for (int i = 0; i < size; i++) {
        foldOf[order[at++]] = fold;
      }
    }
    return new Folds(foldOf, folds);
  }

  /// How many.
  public int count() {
    return count;
  }

  /// Which rows a fold learns from and which it holds out.
  ///
  /// @param fold from 1
  public Split split(int fold) {
    return new Split(rows(of -> of != fold), rows(of -> of == fold));
  }

  private int[] rows(IntPredicate wanted) {
    return IntStream.range(0, foldOf.length).filter(row -> wanted.test(foldOf[row])).toArray();
  }
}
