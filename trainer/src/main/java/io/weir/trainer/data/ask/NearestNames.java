package io.weir.trainer.data.ask;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Names that somebody may have meant.
public final class NearestNames {
  private static final int SHOWN = 3;

  private NearestNames() {}

  /// A hint such as `Nearest: 'amount', 'amounts'`; the names by edit distance, upper and lower
  /// case being the same.
  public static String hint(String wanted, Collection<String> names) {
    List<String> nearest =
        names.stream()
            .sorted(
                Comparator.<String>comparingInt(name -> distance(wanted, name))
                    .thenComparing(Comparator.naturalOrder()))
            .limit(SHOWN)
            .toList();
    return nearest.isEmpty()
        ? "There are no columns"
        : nearest.stream().collect(Collectors.joining("', '", "Nearest: '", "'"));
  }

  /// Levenshtein's edit distance.
  private static int distance(String a, String b) {
    String from = a.toLowerCase(Locale.ROOT);
    String to = b.toLowerCase(Locale.ROOT);
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
