package io.weir.trainer.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// The known word that a misspelt one was probably meant to be.
public final class Nearest {
  private Nearest() {}

  /// `: did you mean "x"?`, or a full stop when no known word is near.
  public static String hint(String word, Collection<String> known) {
    return of(word, known).map(": did you mean \"%s\"?"::formatted).orElse(".");
  }

  /// The known word at the smallest edit distance, if that is at most a third of the longer word's
  /// length (at least 2 edits are always forgiven). Case does not count.
  public static Optional<String> of(String word, Collection<String> known) {
    String wanted = word.toLowerCase(Locale.ROOT);
    record Candidate(String word, int edits) {}
    return known.stream()
        .map(k -> new Candidate(k, edits(wanted, k.toLowerCase(Locale.ROOT))))
        .filter(c -> c.edits <= Math.max(2, Math.max(word.length(), c.word.length()) / 3))
        .min(Comparator.comparingInt(Candidate::edits).thenComparing(Candidate::word))
        .map(Candidate::word);
  }

  /// Optimal string alignment distance: insertions, deletions, substitutions and swaps of
  /// neighbours.
  private static int edits(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      d[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      d[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(d[i - 1][j - 1] + same, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        d[i][j] = swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
      }
    }
    return d[a.length()][b.length()];
  }
}
