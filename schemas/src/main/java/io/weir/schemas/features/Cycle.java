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

  private static final int DAY = 86_400;

  private final int seconds;

  Cycle(int seconds) {
    this.seconds = seconds;
  }

  /// The length of one turn in seconds.
  public int seconds() {
    return seconds;
  }

  /// The seconds from the start of the cycle to an instant: 0 (inclusive) to [#seconds()]
  /// (exclusive). The one definition for training and streaming.
  ///
  /// @param epochSecond seconds since 1970-01-01T00:00:00Z, negative before
  /// @param nano nanoseconds within the second, 0 to 999,999,999
  public float position(long epochSecond, int nano) {
    long second =
        switch (this) {
          case TIME_OF_DAY -> Math.floorMod(epochSecond, DAY);
          // 1970-01-01 was a Thursday.
          case DAY_OF_WEEK -> (Math.floorMod(epochSecond, seconds) + 3L * DAY) % seconds;
          case DAY_OF_YEAR ->
              dayOfYear(Math.floorDiv(epochSecond, DAY)) * DAY + Math.floorMod(epochSecond, DAY);
        };
    float position = (float) (second + nano * 1e-9);
    // Rounding to float32 may reach the end of the cycle, which is its start.
    return position < seconds ? position : Math.nextDown((float) seconds);
  }

  /// Days since 1 January, after H. Hinnant, "chrono-Compatible Low-Level Date Algorithms": years
  /// are counted from March, so that the leap day comes last.
  private static long dayOfYear(long epochDay) {
    long dayOfEra = Math.floorMod(epochDay + 719_468, 146_097L);
    long yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    long sinceMarch = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    if (sinceMarch >= 306) {
      return sinceMarch - 306;
    }
    boolean leap = yearOfEra % 4 == 0 && (yearOfEra % 100 != 0 || yearOfEra == 0);
    return sinceMarch + (leap ? 60 : 59);
  }
}
