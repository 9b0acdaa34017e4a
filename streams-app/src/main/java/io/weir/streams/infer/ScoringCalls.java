package io.weir.streams.infer;

import io.weir.streams.count.Buckets;
import io.weir.streams.count.Histogram;

/// How large the calls of ONNX Runtime are that score, and how long they take, on all threads.
/// Calls that explain alerts are not among them.
public final class ScoringCalls {
  private static final double SHORTEST = 10e-6;
  private static final double LONGEST = 5;

  private final Histogram rows;
  private final Histogram seconds = new Histogram(Buckets.doubling(SHORTEST, LONGEST));

  /// @param batchMax most rows of a call
  ScoringCalls(int batchMax) {
    rows = new Histogram(Buckets.doubling(1, batchMax));
  }

  /// Counts the calls of one thread.
  final class Writer implements AutoCloseable {
    private final Histogram.Writer size = rows.writer();
    private final Histogram.Writer time = seconds.writer();

    private Writer() {}

    void call(int scored, long nanos) {
      size.record(scored);
      time.record(nanos / 1e9);
    }

    @Override
    public void close() {
      size.close();
      time.close();
    }
  }

  Writer writer() {
    return new Writer();
  }

  /// Rows per call: the events that were scored together.
  public Histogram.Snapshot rows() {
    return rows.snapshot();
  }

  /// Seconds per call.
  public Histogram.Snapshot seconds() {
    return seconds.snapshot();
  }
}
