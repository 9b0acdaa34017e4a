package io.weir.streams.replay.tally;

import io.weir.streams.replay.ReplayResult;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The scores' course in time, in at most [#BUCKETS_MAX] buckets: when there would be more, buckets
/// become wider.
///
/// The width depends on the smallest and the largest timestamp only, and everything that is counted
/// is a whole number or a maximum, so that the order of the events makes no difference.
final class TimeSeries {
  static final int BUCKETS_MAX = 600;

  /// Each a multiple of the one before: a bucket always goes into a wider one as a whole.
  private static final long[] WIDTHS = {
    1_000,
    5_000,
    15_000,
    60_000,
    300_000,
    900_000,
    3_600_000,
    10_800_000,
    21_600_000,
    86_400_000,
    604_800_000
  };

  private static final int AFTER_THAT = 4;
  private static final int PER_DOUBLING = 4;

  private long width = WIDTHS[0];
  private Map<Long, Bucket> buckets = new HashMap<>();
  private long smallest = Long.MAX_VALUE;
  private long largest = Long.MIN_VALUE;
  private long lastIndex;
  private Bucket last;

  private static final class Bucket {
    private final LogCounts scores = new LogCounts(PER_DOUBLING);
    private float max = Float.NEGATIVE_INFINITY;
    private long anomalous;
    private long alerts;

    private void add(Bucket other) {
      scores.add(other.scores);
      max = Math.max(max, other.max);
      anomalous += other.anomalous;
      alerts += other.alerts;
    }
  }

  void event(long time, float score, boolean anomalous, int alerts) {
    Bucket bucket = at(time);
    bucket.scores.count(score);
    bucket.max = Math.max(bucket.max, score);
    if (anomalous) {
      bucket.anomalous++;
    }
    bucket.alerts += alerts;
  }

  void add(TimeSeries other) {
    if (other.buckets.isEmpty()) {
      return;
    }
    cover(other.smallest);
    cover(other.largest);
    // The other's buckets are not wider now: its times are among those that this one covers.
    other.buckets.forEach(
        (index, bucket) ->
            buckets
                .computeIfAbsent(
                    Math.floorDiv(Math.multiplyExact(index, other.width), width), _ -> new Bucket())
                .add(bucket));
    last = null;
  }

  ReplayResult.OverTime result() {
    List<ReplayResult.TimeBucket> course = new ArrayList<>();
    buckets.keySet().stream()
        .sorted()
        .forEach(
            index -> {
              Bucket bucket = buckets.get(index);
              course.add(
                  new ReplayResult.TimeBucket(
                      index * width,
                      bucket.scores.total(),
                      Math.min(bucket.max, bucket.scores.quantile(0.5)),
                      Math.min(bucket.max, bucket.scores.quantile(0.99)),
                      bucket.max,
                      bucket.anomalous,
                      bucket.alerts));
            });
    return new ReplayResult.OverTime(width, course);
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(width);
    out.writeLong(smallest);
    out.writeLong(largest);
    out.writeInt(buckets.size());
    for (Map.Entry<Long, Bucket> entry : buckets.entrySet()) {
      out.writeLong(entry.getKey());
      Bucket bucket = entry.getValue();
      bucket.scores.write(out);
      out.writeFloat(bucket.max);
      out.writeLong(bucket.anomalous);
      out.writeLong(bucket.alerts);
    }
  }

  void read(DataInput in) throws IOException {
    width = in.readLong();
    smallest = in.readLong();
    largest = in.readLong();
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      Bucket bucket = new Bucket();
      buckets.put(in.readLong(), bucket);
      bucket.scores.read(in);
      bucket.max = in.readFloat();
      bucket.anomalous = in.readLong();
      bucket.alerts = in.readLong();
    }
  }

  private Bucket at(long time) {
    if (time < smallest || time > largest) {
      cover(time);
    }
    long index = Math.floorDiv(time, width);
    if (last == null || index != lastIndex) {
      last = buckets.computeIfAbsent(index, _ -> new Bucket());
      lastIndex = index;
    }
    return last;
  }

  private void cover(long time) {
    smallest = Math.min(smallest, time);
    largest = Math.max(largest, time);
    while (Math.floorDiv(largest, width) - Math.floorDiv(smallest, width) >= BUCKETS_MAX) {
      widen();
    }
  }

  private void widen() {
    long wider = wider();
    Map<Long, Bucket> fewer = new HashMap<>();
    buckets.forEach(
        (index, bucket) ->
            fewer.merge(
                Math.floorDiv(index * width, wider),
                bucket,
                (one, other) -> {
                  one.add(other);
                  return one;
                }));
    buckets = fewer;
    width = wider;
    last = null;
  }

  private long wider() {
    for (long candidate : WIDTHS) {
      if (candidate > width) {
        return candidate;
      }
    }
    return Math.multiplyExact(width, AFTER_THAT);
  }
}
