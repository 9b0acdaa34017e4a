package io.weir.trainer.data;

import io.weir.trainer.data.ask.DataException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// A train/test split that anybody can repeat in any language: it depends on row numbers, labels
/// and the seed only.
///
/// A row's key is the splitmix64 output (Steele, Lea and Flood, 2014) of its row number; the normal
/// rows with the smallest unsigned keys train, all other rows test. Anomalies train only where
/// [#splitEachKind] is asked for.
///
/// @param trainFraction of the normal rows that train, rounded down: in (0, 1)
/// @param seed which split
public record SplitRule(double trainFraction, long seed) {
  public SplitRule {
    if (!(trainFraction > 0 && trainFraction < 1)) {
      throw new DataException(
          "A training fraction of %s: it must be above 0 and below 1".formatted(trainFraction));
    }
  }

  /// The split of [Dataset#rowNumbers()] into training and test rows.
  ///
  /// @param train positions of the rows that train, ascending
  /// @param test positions of all other rows, ascending
  public record Split(int[] train, int[] test) {}

  /// Splits rows.
  ///
  /// @param rowNumbers [rows] 0-based positions in the source
  /// @param labels [rows] 0 for normal rows; null where all are normal
  public Split split(long[] rowNumbers, byte[] labels) {
    return parts(rowNumbers, first(rowNumbers, row -> isNormal(labels, row)));
  }

  /// Splits rows for a training that learns from labels: of the anomalies, too, this fraction
  /// trains, rounded down, those with the smallest keys.
  ///
  /// @param rowNumbers [rows] 0-based positions in the source
  /// @param labels [rows] 0 for normal rows
  public Split splitEachKind(long[] rowNumbers, byte[] labels) {
    IntPredicate normal = first(rowNumbers, row -> labels[row] == 0);
    return parts(rowNumbers, normal.or(first(rowNumbers, row -> labels[row] != 0)));
  }

  private static Split parts(long[] rowNumbers, IntPredicate trains) {
    return new Split(
        IntStream.range(0, rowNumbers.length).filter(trains).toArray(),
        IntStream.range(0, rowNumbers.length).filter(trains.negate()).toArray());
  }

  /// Whether a row is one of those that train among the rows of a kind.
  private IntPredicate first(long[] rowNumbers, IntPredicate kind) {
    long[] keys = sortedKeys(rowNumbers, kind);
    int count = (int) Math.floor(trainFraction * keys.length);
    if (count == 0) {
      return row -> false;
    }
    // No two row numbers have the same key.
    long last = keys[count - 1];
    return row -> kind.test(row) && ordered(key(rowNumbers[row])) <= last;
  }

  /// The positions of the rows that train, by ascending key.
  ///
  /// @param rowNumbers [rows] 0-based positions in the source
  /// @param labels [rows] 0 for normal rows; null where all are normal
  public int[] trainRows(long[] rowNumbers, byte[] labels) {
    int[] train = split(rowNumbers, labels).train();
    return Arrays.stream(train)
        .boxed()
        .sorted(Comparator.comparingLong(row -> ordered(key(rowNumbers[row]))))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /// The keys of the rows of a kind, ascending as [#ordered] has them.
  private long[] sortedKeys(long[] rowNumbers, IntPredicate kind) {
    long[] keys =
        IntStream.range(0, rowNumbers.length)
            .filter(kind)
            .mapToLong(row -> ordered(key(rowNumbers[row])))
            .toArray();
    Arrays.sort(keys);
    return keys;
  }

  private static boolean isNormal(byte[] labels, int row) {
    return labels == null || labels[row] == 0;
  }

  /// A number that compares as a signed one the way the key does as an unsigned one.
  private static long ordered(long key) {
    return key ^ Long.MIN_VALUE;
  }

  private long key(long rowNumber) {
    long z = rowNumber + (seed + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
