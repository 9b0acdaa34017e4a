package io.weir.benchmarks.stream;

import java.util.Locale;

/// One line of the table.
///
/// @param threads stream threads
/// @param guarantee as in `processing.guarantee`
record Setup(Mode mode, int threads, String guarantee) {
  static final String AT_LEAST_ONCE = "at_least_once";
  static final String EXACTLY_ONCE = "exactly_once_v2";

  /// For topics, folders and application ids.
  String id(int round) {
    return "%s-%d-%s-%d".formatted(mode, threads, guarantee, round).toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return "%-40s %d  %-15s".formatted(mode.title(), threads, guarantee);
  }
}
