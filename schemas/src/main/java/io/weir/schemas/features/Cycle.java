package io.weir.schemas.features;

/// A calendar cycle, always in UTC, so that the same instant gives the same feature everywhere.
public enum Cycle {
  /// From midnight.
  TIME_OF_DAY(86_400),
  /// From Monday midnight (ISO 8601).
  DAY_OF_WEEK(604_800),
  /// From 1 January, over a fixed 366 days: the last day of a common year ends just short of the
  /// full circle.
  DAY_OF_YEAR(31_622_400);

  private final int seconds;

  Cycle(int seconds) {
    this.seconds = seconds;
  }

  /// The length of one turn in seconds.
  public int seconds() {
    return seconds;
  }
}
