package io.weir.benchmarks.explain;

import java.util.List;
import java.util.Locale;

/// How often rankings of features have a guilty one among their first.
final class Tally {
  private final int top;
  private int events;
  private int guilty;
  private double byChance;
  private int byContribution;
  private int byShap;

  /// @param top how many of a ranking are looked at
  Tally(int top) {
    this.top = top;
  }

  /// Counts an event.
  ///
  /// @param features of the model
  /// @param guiltyOnes those among them that are known to show the anomaly
  /// @param contributions all of them, the largest contribution first
  /// @param shap all of them, the largest Shapley value first
  void count(
      int features, List<Integer> guiltyOnes, List<Integer> contributions, List<Integer> shap) {
    events++;
    guilty += guiltyOnes.size();
    byChance += chance(features, guiltyOnes.size(), top);
    byContribution += hit(contributions, guiltyOnes);
    byShap += hit(shap, guiltyOnes);
  }

  /// The probability that a random choice has a guilty one: 1 - C(F - g, k) / C(F, k), the
  /// hypergeometric distribution's complement of none.
  static double chance(int features, int guilty, int top) {
    double none = 1;
    for (int i = 0; i < Math.min(top, features); i++) {
      none *= Math.max(0, features - guilty - i) / (double) (features - i);
    }
    return 1 - none;
  }

  private int hit(List<Integer> ranking, List<Integer> guiltyOnes) {
    return ranking.stream().limit(top).anyMatch(guiltyOnes::contains) ? 1 : 0;
  }

  /// A line of the table.
  String row(String name) {
    if (events == 0) {
      return "| %s | 0 | | %d | | | |".formatted(name, top);
    }
    return String.format(
        Locale.ROOT,
        "| %s | %d | %.1f | %d | %.1f (%.0f %%) | %d (%.0f %%) | %d (%.0f %%) |",
        name,
        events,
        guilty / (double) events,
        top,
        byChance,
        100 * byChance / events,
        byContribution,
        100.0 * byContribution / events,
        byShap,
        100.0 * byShap / events);
  }

  static String header() {
    return """
    | machine | events | guilty metrics | top | by chance | contributions | kernel SHAP |
    |---|---:|---:|---:|---:|---:|---:|\
    """;
  }
}
