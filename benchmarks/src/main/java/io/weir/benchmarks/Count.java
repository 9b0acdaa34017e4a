package io.weir.benchmarks;

/// A number among a benchmark's arguments.
public final class Count {
  private Count() {}

  /// @param name of the argument, as in the benchmarks' README
  /// @return at least 1
  /// @throws IllegalArgumentException naming value, rule and place to look
  public static int of(String name, String text) {
    try {
      int count = Integer.parseInt(text);
      if (count >= 1) {
        return count;
      }
    } catch (NumberFormatException _) {
      // Said below, with the rule.
    }
    throw new IllegalArgumentException(
        "%s \"%s\": must be a whole number from 1 on; benchmarks/README.md lists the arguments"
            .formatted(name, text));
  }
}
