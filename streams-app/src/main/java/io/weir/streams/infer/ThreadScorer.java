package io.weir.streams.infer;

import io.weir.detector.Explanation;
import io.weir.streams.decode.BadRecordException;
import io.weir.streams.decode.EventDecoder;
import io.weir.streams.gather.TaskWindows;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// Scores the events of one stream thread.
///
/// [#score] answers for the event whose turn it is. If it was not scored ahead, it is scored
/// together with the events of its partition that are already polled, up to the batch limit, and
/// the anomalous ones among them are explained together. Nothing is ever pending: a score is given
/// at its event's own turn, and scores that nobody takes are dropped.
///
/// Not thread-safe.
public final class ThreadScorer {
  private final EventDecoder decoder;
  private final PolledRecords polled;
  private final RowBatch batch;
  private final PartitionQueue alone = new PartitionQueue(1);
  private int tasks;
  private boolean closed;

  private PartitionQueue queue;
  private int row;

  ThreadScorer(EventDecoder decoder, PolledRecords polled, RowBatch batch) {
    this.decoder = decoder;
    this.polled = polled;
    this.batch = batch;
  }

  /// Scores the event whose turn it is; [#score()] and its neighbours then speak of it.
  ///
  /// @throws BadRecordException if the event cannot be scored; others are not affected
  /// @throws io.weir.streams.decode.RegistryOutageException if its schema cannot be had
  public void score(TopicPartition partition, long offset, byte[] value) {
    queue = polled.queue(partition);
    if (queue == null) {
      scoreAlone(offset, value);
      return;
    }
    row = queue.take(offset, value);
    if (row < 0) {
      if (queue.moveTo(offset, value)) {
        scoreAhead(value);
      } else {
        scoreAlone(offset, value);
      }
    }
  }

  /// The score of the event, never NaN.
  public float score() {
    return queue.score(row);
  }

  /// The first part of the score.
  public float reconstructionLoss() {
    return queue.reconstructionLoss(row);
  }

  /// The second part of the score, before weighting.
  public float klDivergence() {
    return queue.klDivergence(row);
  }

  /// The segment whose threshold applies to the event.
  public int segment() {
    return queue.segment(row);
  }

  /// The raw features of the event, [features], or of its window, [steps x features]; null if it is
  /// not anomalous.
  public float[] raw() {
    return queue.raw(row);
  }

  /// What explains the event's score; null if it is not anomalous.
  public Explanation explanation() {
    return queue.explanation(row);
  }

  private void scoreAhead(byte[] own) {
    queue.forgetScores();
    ConsumerRecord<byte[], byte[]> first = queue.peek();
    queue.advance();
    decode(own, batch.features());
    queue.addRow(first.offset(), own);
    int rows = 1;
    for (ConsumerRecord<byte[], byte[]> record = queue.peek();
        record != null && rows < batch.max();
        record = queue.peek()) {
      EventDecoder.Outcome outcome =
          decoder.decode(record.value(), batch.features(), rows * batch.values());
      if (outcome == EventDecoder.Outcome.SCHEMA_NOT_LOADED) {
        // Only an event whose turn it is may wait for the registry.
        break;
      }
      if (outcome == EventDecoder.Outcome.DECODED) {
        queue.addRow(record.offset(), record.value());
        rows++;
      }
      queue.advance();
    }
    batch.run(rows, queue);
    row = queue.take(first.offset(), own);
  }

  private void scoreAlone(long offset, byte[] value) {
    queue = alone;
    queue.forgetScores();
    decode(value, batch.features());
    queue.addRow(offset, value);
    batch.run(1, queue);
    row = queue.take(offset, value);
  }

  /// Decodes the event whose turn it is.
  ///
  /// @param out receives its raw features
  void decode(byte[] value, float[] out) {
    EventDecoder.Outcome outcome = decoder.decode(value, out, 0);
    if (outcome == EventDecoder.Outcome.SCHEMA_NOT_LOADED) {
      decoder.load(value);
      outcome = decoder.decode(value, out, 0);
    }
    if (outcome != EventDecoder.Outcome.DECODED) {
      throw decoder.refusal(value);
    }
  }

  /// A scorer of windows for one task, which gives its scores through this one.
  ///
  /// @param windows of the task
  public WindowScorer over(TaskWindows windows) {
    return new WindowScorer(this, windows);
  }

  /// Lets [#score()] and its neighbours speak of a row.
  void answer(PartitionQueue from, int itsRow) {
    queue = from;
    row = itsRow;
  }

  EventDecoder decoder() {
    return decoder;
  }

  PolledRecords polled() {
    return polled;
  }

  RowBatch batch() {
    return batch;
  }

  PartitionQueue alone() {
    return alone;
  }

  /// Number of partitions whose polled records are remembered.
  int remembered() {
    return polled.partitions();
  }

  void join() {
    tasks++;
  }

  void leave(int partition) {
    polled.forget(partition);
    if (--tasks == 0) {
      closed = true;
      batch.close();
    }
  }

  boolean isClosed() {
    return closed;
  }
}
