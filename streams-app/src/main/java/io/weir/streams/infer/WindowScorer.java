package io.weir.streams.infer;

import io.weir.streams.decode.BadRecordException;
import io.weir.streams.decode.EventDecoder;
import io.weir.streams.gather.TaskWindows;
import io.weir.streams.gather.WindowsAhead;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// Scores the windows of one task's events.
///
/// At its own turn an event enters its key's window, in the heap and in the store; then its window
/// is scored. The windows of the events that are already polled are scored in the same call, as
/// they will be if these events come in their order. Each such row remembers how many events its
/// key has then had, and how many are in the window; at the event's own turn its score is used if
/// both numbers are so. Both can only be so if the same events came: rows lie and are used in the
/// order of the partition, and a key that was forgotten in between counts from 0 again, so that it
/// has had fewer events than any row that follows assumes.
public final class WindowScorer {
  private final ThreadScorer thread;
  private final TaskWindows windows;
  private final WindowsAhead ahead;
  private final RowBatch batch;
  private final float[] event;

  WindowScorer(ThreadScorer thread, TaskWindows windows) {
    this.thread = thread;
    this.windows = windows;
    this.batch = thread.batch();
    this.ahead = new WindowsAhead(windows.rules(), batch.max());
    this.event = new float[windows.rules().features()];
  }

  /// Takes the event whose turn it is into its key's window, and scores that.
  ///
  /// @param key null for none
  /// @return whether it has a score, which the thread's scorer then gives; false while its window
  ///   is not full, if only full ones are scored
  /// @throws BadRecordException if the event cannot be scored; it is in no window then
  /// @throws io.weir.streams.decode.RegistryOutageException if its schema cannot be had
  /// @throws io.weir.streams.gather.KeylessRecordException if it has no key and must have one
  public boolean score(
      TopicPartition partition, long offset, byte[] key, long timestamp, byte[] value) {
    thread.decode(value, event);
    windows.append(partition, offset, key, timestamp, event);
    if (!windows.rules().scored(windows.run())) {
      return false;
    }
    PartitionQueue queue = thread.polled().queue(partition);
    int row = queue == null ? -1 : queue.take(offset, value);
    if (row >= 0 && queue.isWindow(row, windows.count(), windows.run())) {
      thread.answer(queue, row);
    } else if (queue != null && queue.moveTo(offset, value)) {
      scoreAhead(queue);
    } else {
      scoreAlone(offset, value);
    }
    return true;
  }

  /// Whether the event of the last [#score] was older than its key's newest.
  public boolean late() {
    return windows.late();
  }

  private void scoreAhead(PartitionQueue queue) {
    queue.forgetScores();
    ConsumerRecord<byte[], byte[]> own = queue.peek();
    queue.advance();
    start(queue, own.offset(), own.value());
    ahead.start(windows, batch.features(), 0);
    int rows = 1;
    // Events that only warm up a window make no row, yet they count: a call is worth so much work.
    for (int events = 1; events < batch.max(); events++) {
      ConsumerRecord<byte[], byte[]> record = queue.peek();
      if (record == null) {
        break;
      }
      EventDecoder.Outcome outcome = thread.decoder().decode(record.value(), event, 0);
      if (outcome == EventDecoder.Outcome.SCHEMA_NOT_LOADED) {
        // Only an event whose turn it is may wait for the registry.
        break;
      }
      // Records without a timestamp get one at their turn; where it makes a difference, they and
      // those that follow are scored again.
      if (outcome == EventDecoder.Outcome.DECODED
          && ahead.append(
              record.key(),
              Math.max(record.timestamp(), 0),
              event,
              batch.features(),
              rows * batch.values())) {
        queue.addRow(record.offset(), record.value(), ahead.count(), ahead.run());
        rows++;
      }
      queue.advance();
    }
    batch.run(rows, queue);
    thread.answer(queue, queue.take(own.offset(), own.value()));
  }

  private void scoreAlone(long offset, byte[] value) {
    PartitionQueue queue = thread.alone();
    queue.forgetScores();
    start(queue, offset, value);
    batch.run(1, queue);
    thread.answer(queue, queue.take(offset, value));
  }

  private void start(PartitionQueue queue, long offset, byte[] value) {
    windows.window(batch.features(), 0);
    queue.addRow(offset, value, windows.count(), windows.run());
  }
}
