package io.weir.streams.tell.webhook;

import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// The alerts of one partition, in order: the first one is done before the second one begins, and
/// while it waits for its next attempt, other partitions go on.
final class Lane {
  private final Deque<ConsumerRecord<byte[], byte[]>> records = new ArrayDeque<>();
  private int failures;
  private long dueNanos = System.nanoTime();
  private long next = -1;

  void add(ConsumerRecord<byte[], byte[]> record) {
    records.add(record);
  }

  boolean isEmpty() {
    return records.isEmpty();
  }

  /// How long until the first alert's next attempt, in nanoseconds; not above 0 if it is due.
  long waitNanos() {
    return dueNanos - System.nanoTime();
  }

  ConsumerRecord<byte[], byte[]> first() {
    return records.getFirst();
  }

  /// Failed attempts of the first alert.
  int failures() {
    return failures;
  }

  /// The first alert is delivered, or needs no delivery.
  void done() {
    next = records.removeFirst().offset() + 1;
    failures = 0;
    dueNanos = System.nanoTime();
  }

  /// The first alert failed once more.
  void failed(long pauseNanos) {
    failures++;
    dueNanos = System.nanoTime() + pauseNanos;
  }

  /// Takes the offset that may be committed, behind the last alert that is done; -1 if there is
  /// none since the last call.
  long takeNext() {
    long taken = next;
    next = -1;
    return taken;
  }
}
