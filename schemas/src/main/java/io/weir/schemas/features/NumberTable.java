package io.weir.schemas.features;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Finds an integer among the words of a vocabulary that are integers.
final class NumberTable {
  private final long[] sorted;
  private final int[] index;
  private final int unknown;

  NumberTable(List<String> words) {
    int[] numbers =
        IntStream.range(0, words.size())
            .filter(i -> isNumber(words.get(i)))
            .boxed()
            .sorted(Comparator.comparingLong(i -> Long.parseLong(words.get(i))))
            .mapToInt(Integer::intValue)
            .toArray();
    this.index = numbers;
    this.sorted = Arrays.stream(numbers).mapToLong(i -> Long.parseLong(words.get(i))).toArray();
    this.unknown = words.size();
  }

  /// How many of the words are integers.
  int size() {
    return sorted.length;
  }

  /// The index of the word that is this number, or the number of words if there is none.
  int indexOf(long number) {
    int found = Arrays.binarySearch(sorted, number);
    return found < 0 ? unknown : index[found];
  }

  /// Only the usual spelling, so that two words never mean the same number.
  private static boolean isNumber(String word) {
    try {
      return Long.toString(Long.parseLong(word)).equals(word);
    } catch (NumberFormatException _) {
      return false;
    }
  }
}
