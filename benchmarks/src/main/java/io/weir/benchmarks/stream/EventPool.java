package io.weir.benchmarks.stream;

import java.io.IOException;

/// Encoded events that are sent over and over, so that the generator costs little.
///
/// Event `i` goes to partition `i % 4`, so with one producer its offset there is `i / 4`.
final class EventPool {
  /// A multiple of the partitions.
  static final int SIZE = 100_000;

  private final byte[][] values = new byte[SIZE][];
  private final boolean[] anomalous = new boolean[SIZE];
  private final int alerts;

  EventPool(BenchmarkModel model, BenchmarkEvents events, int schemaId, double threshold)
      throws IOException {
    for (int i = 0; i < SIZE; i++) {
      values[i] = events.encode(i, schemaId);
    }
    int[] count = {0};
    model.score(
        events,
        SIZE,
        (index, score) -> {
          anomalous[(int) index] = score > threshold;
          count[0] += score > threshold ? 1 : 0;
        });
    alerts = count[0];
  }

  byte[] value(long index) {
    return values[(int) (index % SIZE)];
  }

  /// Whether the application must write an alert for an event.
  boolean isAnomalous(long index) {
    return anomalous[(int) (index % SIZE)];
  }

  /// Alerts of the first `count` events.
  long alerts(long count) {
    long all = count / SIZE * alerts;
    for (int i = 0; i < count % SIZE; i++) {
      all += anomalous[i] ? 1 : 0;
    }
    return all;
  }

  static int partition(long index) {
    return (int) (index % WindowEvents.PARTITIONS);
  }

  static long index(int partition, long offset) {
    return offset * WindowEvents.PARTITIONS + partition;
  }
}
