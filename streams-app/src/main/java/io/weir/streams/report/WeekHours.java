package io.weir.streams.report;

import io.weir.streams.replay.ReplayResult;
import io.weir.streams.report.Table.Cell;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Alerts by day of the week and hour, in UTC, from the scores' course: known only where its steps
/// lie within hours.
final class WeekHours {
  private static final long HOUR_MILLIS = 3_600_000;

  private WeekHours() {}

  /// A row for each day of the week that has events, Monday first; none if the hours are not known
  /// or all is of one day.
  static List<Cell[]> rows(ReplayResult.OverTime overTime) {
    long width = overTime.width();
    if (width < 1 || HOUR_MILLIS % width != 0) {
      return List.of();
    }
    long[][] alerts = new long[7][24];
    boolean[] seen = new boolean[7];
    for (ReplayResult.TimeBucket bucket : overTime.buckets()) {
      if (Math.floorMod(bucket.start(), width) != 0) {
        return List.of();
      }
      ZonedDateTime time = Instant.ofEpochMilli(bucket.start()).atZone(ZoneOffset.UTC);
      int day = time.getDayOfWeek().ordinal();
      seen[day] = true;
      alerts[day][time.getHour()] += bucket.alerts();
    }
    long most = Math.max(1, Arrays.stream(alerts).flatMapToLong(Arrays::stream).max().orElse(0));
    List<Cell[]> rows = new ArrayList<>();
    for (DayOfWeek day : DayOfWeek.values()) {
      if (seen[day.ordinal()]) {
        Cell[] row = new Cell[25];
        row[0] = Cell.of(day.getDisplayName(TextStyle.FULL, Locale.ENGLISH));
        for (int hour = 0; hour < 24; hour++) {
          long count = alerts[day.ordinal()][hour];
          row[hour + 1] = Cell.heat(Shown.count(count), (double) count / most);
        }
        rows.add(row);
      }
    }
    return rows.size() < 2 ? List.of() : rows;
  }
}
