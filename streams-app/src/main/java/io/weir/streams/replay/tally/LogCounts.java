package io.weir.streams.replay.tally;

import io.weir.streams.replay.ReplayResult;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// How many scores fell into buckets of about the same relative width. Grows from the lowest bucket
/// in use to the highest one, at most some thousands.
///
/// A bucket has the floats of one sign, one exponent and the same first bits of the mantissa, so
/// that finding it takes no search. What is smaller than 2^-32 is in one bucket with zero.
final class LogCounts {
  private static final float SMALLEST = 0x1p-32f;

  private final int shift;
  private final int base;
  private int first;
  private long[] counts = new long[0];
  private long total;

  /// @param perDoubling buckets to a doubling: a power of two, at most 64
  LogCounts(int perDoubling) {
    this.shift = 23 - Integer.numberOfTrailingZeros(perDoubling);
    this.base = Float.floatToIntBits(SMALLEST) >>> shift;
  }

  void count(float score) {
    count(bucket(score), 1);
  }

  long total() {
    return total;
  }

  void add(LogCounts other) {
    for (int i = 0; i < other.counts.length; i++) {
      if (other.counts[i] > 0) {
        count(other.first + i, other.counts[i]);
      }
    }
  }

  /// The middle of the bucket of the score that a fraction of all is not above.
  double quantile(double fraction) {
    long rank = Math.max(1, (long) Math.ceil(fraction * total));
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (seen >= rank) {
        return middle(first + i);
      }
    }
    return Double.NaN;
  }

  /// All buckets between the lowest and the highest in use.
  List<ReplayResult.ScoreBucket> buckets() {
    List<ReplayResult.ScoreBucket> buckets = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0 || !buckets.isEmpty()) {
        int bucket = first + i;
        buckets.add(new ReplayResult.ScoreBucket(from(bucket), from(bucket + 1), counts[i]));
      }
    }
    while (!buckets.isEmpty() && buckets.getLast().count() == 0) {
      buckets.removeLast();
    }
    return buckets;
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(first);
    out.writeInt(counts.length);
    for (long count : counts) {
      out.writeLong(count);
    }
  }

  void read(DataInput in) throws IOException {
    first = in.readInt();
    counts = new long[in.readInt()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = in.readLong();
    }
    total = Arrays.stream(counts).sum();
  }

  private int bucket(float score) {
    float size = Math.abs(score);
    if (size < SMALLEST) {
      return 0;
    }
    int bucket = (Float.floatToIntBits(size) >>> shift) - base + 1;
    return score < 0 ? -bucket : bucket;
  }

  private void count(int bucket, long times) {
    if (bucket < first || bucket >= first + counts.length) {
      grow(bucket);
    }
    counts[bucket - first] += times;
    total += times;
  }

  private void grow(int bucket) {
    if (counts.length == 0) {
      first = bucket;
      counts = new long[1];
      return;
    }
    int from = Math.min(first, bucket);
    int to = Math.max(first + counts.length, bucket + 1);
    long[] more = new long[to - from];
    System.arraycopy(counts, 0, more, first - from, counts.length);
    first = from;
    counts = more;
  }

  /// The lower bound of a bucket; of negative ones the one further from zero.
  private double from(int bucket) {
    return bucket < 0 ? -size(-bucket + 1) : bucket == 0 ? 0 : size(bucket);
  }

  private double size(int bucket) {
    int bits = bucket - 1 + base << shift;
    // Behind the bucket of infinity there are no floats.
    return bits < 0 || Float.isNaN(Float.intBitsToFloat(bits))
        ? Double.POSITIVE_INFINITY
        : Float.intBitsToFloat(bits);
  }

  private double middle(int bucket) {
    if (bucket == 0) {
      return 0;
    }
    double low = size(Math.abs(bucket));
    double high = size(Math.abs(bucket) + 1);
    double middle = Double.isInfinite(high) ? low : Math.sqrt(low * high);
    return bucket < 0 ? -middle : middle;
  }
}
