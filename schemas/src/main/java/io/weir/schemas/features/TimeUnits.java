package io.weir.schemas.features;

/// The units in which Avro counts time.
final class TimeUnits {
  /// Days since 1970-01-01.
  static final int DAYS = 0;

  static final int MILLIS = 1_000;
  static final int MICROS = 1_000_000;
  static final int NANOS = 1_000_000_000;

  private TimeUnits() {}

  /// The position in a cycle of a number of units since 1970.
  ///
  /// @param unit [#DAYS], or how many units make a second
  static float position(Cycle cycle, long ticks, int unit) {
    if (unit == DAYS) {
      return cycle.position(ticks * 86_400, 0);
    }
    return cycle.position(Math.floorDiv(ticks, unit), Math.floorMod(ticks, unit) * (NANOS / unit));
  }
}
