package io.weir.streams.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Finds the key that somebody probably meant.
final class NearestKey {
  private NearestKey() {}

  /// The known key with the smallest edit distance (Levenshtein 1966), unless all of them differ in
  /// more than half of the letters.
  static Optional<String> to(String key, Collection<String> known) {
    return known.stream()
        .min(Comparator.<String>comparingInt(k -> distance(key, k)).thenComparing(k -> k))
        .filter(k -> distance(key, k) <= Math.max(key.length(), k.length()) / 2);
  }

  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    int[] current = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
      }
      int[] swap = previous;
      previous = current;
      current = swap;
    }
    return previous[b.length()];
  }
}
