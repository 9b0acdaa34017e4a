package io.weir.streams.mute;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;

/// Hours of some days of the week, by the clocks of a time zone: when clocks are set back, an hour
/// of the night is in it twice.
///
/// @param days on which it begins
/// @param from minute of the day, 0 to 1439
/// @param to minute of the day when it is over, up to 1440; at most `from` if that is on the day
///   after
public record Schedule(Set<DayOfWeek> days, int from, int to, ZoneId zone) {
  private static final int HOUR = 60;

  public Schedule {
    days = Set.copyOf(days);
  }

  /// Whether a moment is within.
  ///
  /// @param timestamp in milliseconds since 1970
  public boolean includes(long timestamp) {
    ZonedDateTime time = ZonedDateTime.ofInstant(Instant.ofEpochMilli(timestamp), zone);
    int minute = time.getHour() * HOUR + time.getMinute();
    DayOfWeek day = time.getDayOfWeek();
    if (from < to) {
      return minute >= from && minute < to && days.contains(day);
    }
    return minute >= from && days.contains(day) || minute < to && days.contains(day.minus(1));
  }
}
