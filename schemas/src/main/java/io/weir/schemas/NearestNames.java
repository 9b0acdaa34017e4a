package io.weir.schemas;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What somebody who misspelt a name probably meant. Upper and lower case are alike.
public final class NearestNames {
  private NearestNames() {}

  /// The known name at the smallest edit distance, if that is at most a third of the longer name's
  /// length; 2 edits are always forgiven.
  public static Optional<String> of(String wanted, Collection<String> known) {
    return ranked(wanted, known).stream()
        .findFirst()
        .filter(
            name ->
                edits(wanted, name) <= Math.max(2, Math.max(wanted.length(), name.length()) / 3));
  }

  /// All known names, the nearest first; at equal distance in alphabetical order.
  public static List<String> ranked(String wanted, Collection<String> known) {
    record Candidate(String name, int edits) {}
    return known.stream()
        .map(name -> new Candidate(name, edits(wanted, name)))
        .sorted(Comparator.comparingInt(Candidate::edits).thenComparing(Candidate::name))
        .map(Candidate::name)
        .toList();
  }

  /// Optimal string alignment distance: insertions, deletions, substitutions and swaps of
  /// neighbours.
  private static int edits(String one, String other) {
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
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
