package io.weir.schemas.features;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Finds a word by its UTF-8 bytes, without making a string of them: open addressing, at most half
/// full.
final class WordTable {
  private final byte[][] words;
  private final int[] table;
  private final int longest;

  /// @param words without repetition
  WordTable(List<String> words) {
    this.words = words.stream().map(w -> w.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    this.table = new int[Integer.highestOneBit(Math.max(1, words.size())) * 4];
    int max = 0;
    for (int i = 0; i < this.words.length; i++) {
      byte[] word = this.words[i];
      max = Math.max(max, word.length);
      int place = hash(word, 0, word.length) & table.length - 1;
      while (table[place] != 0) {
        place = place + 1 & table.length - 1;
      }
      table[place] = i + 1;
    }
    this.longest = max;
  }

  /// How many words there are.
  int size() {
    return words.length;
  }

  /// The index of the word that stands from `from` to `to`, or the number of words if there is
  /// none.
  int indexOf(byte[] bytes, int from, int to) {
    if (to - from > longest) {
      return words.length;
    }
    int place = hash(bytes, from, to) & table.length - 1;
    while (table[place] != 0) {
      byte[] word = words[table[place] - 1];
      if (Arrays.equals(word, 0, word.length, bytes, from, to)) {
        return table[place] - 1;
      }
      place = place + 1 & table.length - 1;
    }
    return words.length;
  }

  private static int hash(byte[] bytes, int from, int to) {
    int hash = to - from;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    // Words that differ in their last letter only must not become neighbours.
    hash *= 0x9E3779B9;
    return hash ^ hash >>> 16;
  }
}
