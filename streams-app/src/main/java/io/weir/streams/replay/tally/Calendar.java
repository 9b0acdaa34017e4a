package io.weir.streams.replay.tally;

import io.weir.streams.replay.ReplayResult;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Events, anomalous ones and alerts by hour of the day and by day, in UTC.
final class Calendar {
  static final long DAY = 86_400_000;
  private static final long HOUR = 3_600_000;
  private static final int HOURS = 24;

  private final long[][] hours = new long[HOURS][3];
  private final Map<Long, long[]> days = new TreeMap<>();
  private long lastDay;
  private long[] last;

  void event(long time, boolean anomalous, int alerts) {
    count(hours[(int) (Math.floorMod(time, DAY) / HOUR)], anomalous, alerts);
    long day = Math.floorDiv(time, DAY);
    if (last == null || day != lastDay) {
      last = day(day);
      lastDay = day;
    }
    count(last, anomalous, alerts);
  }

  private static void count(long[] counts, boolean anomalous, int alerts) {
    counts[0]++;
    if (anomalous) {
      counts[1]++;
    }
    counts[2] += alerts;
  }

  void add(Calendar other) {
    for (int hour = 0; hour < HOURS; hour++) {
      Longs.add(hours[hour], other.hours[hour]);
    }
    other.days.forEach((day, counts) -> Longs.add(day(day), counts));
    last = null;
  }

  /// Where a day is counted; of more days than are listed, somewhere that nobody reads.
  private long[] day(long day) {
    long[] counts = days.get(day);
    if (counts == null) {
      counts = new long[3];
      if (days.size() < ReplayResult.Model.DAYS_MAX) {
        days.put(day, counts);
      }
    }
    return counts;
  }

  List<ReplayResult.HourCount> hours() {
    List<ReplayResult.HourCount> all = new ArrayList<>();
    for (int hour = 0; hour < HOURS; hour++) {
      long[] counts = hours[hour];
      all.add(new ReplayResult.HourCount(hour, counts[0], counts[1], counts[2]));
    }
    return all;
  }

  List<ReplayResult.DayCount> days() {
    List<ReplayResult.DayCount> all = new ArrayList<>();
    days.forEach(
        (day, counts) ->
            all.add(new ReplayResult.DayCount(name(day), counts[0], counts[1], counts[2])));
    return all;
  }

  /// Such as 2026-01-31; years that no calendar has, as the bounds of what it has.
  static String name(long day) {
    long clamped = Math.clamp(day, LocalDate.MIN.toEpochDay(), LocalDate.MAX.toEpochDay());
    return LocalDate.ofEpochDay(clamped).toString();
  }

  void write(DataOutput out) throws IOException {
    for (long[] hour : hours) {
      Longs.write(out, hour);
    }
    out.writeInt(days.size());
    for (Map.Entry<Long, long[]> day : days.entrySet()) {
      out.writeLong(day.getKey());
      Longs.write(out, day.getValue());
    }
  }

  void read(DataInput in) throws IOException {
    for (long[] hour : hours) {
      Longs.read(in, hour);
    }
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      Longs.read(in, day(in.readLong()));
    }
  }
}
