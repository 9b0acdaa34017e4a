package io.weir.streams.count;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/// How often values fell into each bucket, and their sum. Never goes down.
///
/// Every thread that records has a [Writer] of its own and touches nobody else's memory: a record
/// costs a search among the bounds and two plain stores. Readers add up all writers.
public final class Histogram {
  private final Buckets buckets;
  private final List<Writer> writers = new ArrayList<>();
  private final long[] closed;
  private double closedSum;

  public Histogram(Buckets buckets) {
    this.buckets = buckets;
    this.closed = new long[buckets.size()];
  }

  /// A moment's counts.
  ///
  /// @param bounds upper bounds of the buckets, ascending
  /// @param counts one more than bounds: values in each bucket, not cumulated
  /// @param sum of the finite values
  public record Snapshot(double[] bounds, long[] counts, double sum) {
    /// Values in all buckets.
    public long count() {
      return Arrays.stream(counts).sum();
    }
  }

  /// Records for one thread at a time.
  public final class Writer implements AutoCloseable {
    /// The last element holds the bits of the sum. Stores are opaque: they cost what plain ones do,
    /// and readers see each number whole.
    private final AtomicLongArray cells = new AtomicLongArray(buckets.size() + 1);

    private final int sum = buckets.size();

    private Writer() {}

    /// Counts a value.
    public void record(double value) {
      int bucket = buckets.index(value);
      cells.setOpaque(bucket, cells.getPlain(bucket) + 1);
      if (Double.isFinite(value)) {
        double total = Double.longBitsToDouble(cells.getPlain(sum)) + value;
        cells.setOpaque(sum, Double.doubleToRawLongBits(total));
      }
    }

    /// Ends the recording; what was counted stays. A second call does nothing.
    @Override
    public void close() {
      synchronized (writers) {
        if (writers.remove(this)) {
          addTo(closed);
          closedSum += total();
        }
      }
    }

    private void addTo(long[] counts) {
      for (int i = 0; i < sum; i++) {
        counts[i] += cells.getOpaque(i);
      }
    }

    private double total() {
      return Double.longBitsToDouble(cells.getOpaque(sum));
    }
  }

  /// A new writer.
  public Writer writer() {
    Writer writer = new Writer();
    synchronized (writers) {
      writers.add(writer);
    }
    return writer;
  }

  /// The counts now.
  public Snapshot snapshot() {
    synchronized (writers) {
      long[] counts = closed.clone();
      double sum = closedSum;
      for (Writer writer : writers) {
        writer.addTo(counts);
        sum += writer.total();
      }
      return new Snapshot(buckets.bounds(), counts, sum);
    }
  }
}
