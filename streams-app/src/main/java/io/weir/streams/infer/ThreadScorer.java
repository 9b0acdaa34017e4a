package io.weir.streams.infer;

import io.weir.detector.BatchScorer;
import io.weir.detector.Detector;
import io.weir.detector.Explainer;
import io.weir.detector.Explanation;
import io.weir.streams.decode.BadRecordException;
import io.weir.streams.decode.EventDecoder;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoublePredicate;
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
  /// More rows than this make a row of the explanation no cheaper.
  private static final int EXPLAIN_MAX = 64;

  private final EventDecoder decoder;
  private final PolledRecords polled;
  private final BatchScorer scorer;
  private final Explainer explainer;
  private final PartitionQueue alone = new PartitionQueue(1);
  private final float[] features;
  private final int columns;
  private final DoublePredicate anomalous;
  private final int[] toExplain;
  private final LongAdder calls;
  private int tasks;
  private boolean closed;

  private PartitionQueue queue;
  private int row;

  ThreadScorer(
      Detector detector,
      EventDecoder decoder,
      PolledRecords polled,
      int batchMax,
      DoublePredicate anomalous,
      LongAdder calls) {
    this.decoder = decoder;
    this.polled = polled;
    this.scorer = detector.scorer(batchMax);
    this.explainer = detector.explainer(Math.min(batchMax, EXPLAIN_MAX));
    this.toExplain = new int[explainer.maxBatch()];
    this.anomalous = anomalous;
    this.features = scorer.features();
    this.calls = calls;
    this.columns = detector.card().features().size();
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

  /// The raw features of the event, [features]; null if it is not anomalous.
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
    decode(own, features);
    queue.addRow(first.offset(), own);
    int rows = 1;
    for (ConsumerRecord<byte[], byte[]> record = queue.peek();
        record != null && rows < scorer.maxBatch();
        record = queue.peek()) {
      EventDecoder.Outcome outcome = decoder.decode(record.value(), features, rows * columns);
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
    run(rows);
    row = queue.take(first.offset(), own);
  }

  private void scoreAlone(long offset, byte[] value) {
    queue = alone;
    queue.forgetScores();
    decode(value, features);
    queue.addRow(offset, value);
    run(1);
    row = queue.take(offset, value);
  }

  private void decode(byte[] value, float[] out) {
    EventDecoder.Outcome outcome = decoder.decode(value, out, 0);
    if (outcome == EventDecoder.Outcome.SCHEMA_NOT_LOADED) {
      decoder.load(value);
      outcome = decoder.decode(value, out, 0);
    }
    if (outcome != EventDecoder.Outcome.DECODED) {
      throw decoder.refusal(value);
    }
  }

  private void run(int rows) {
    boolean done = false;
    try {
      scorer.scoreRows(rows);
      calls.increment();
      int waiting = 0;
      for (int i = 0; i < rows; i++) {
        queue.set(i, scorer.score(i), scorer.reconstructionLoss(i), scorer.klDivergence(i));
        if (anomalous.test(scorer.score(i))) {
          toExplain[waiting++] = i;
          if (waiting == toExplain.length) {
            explain(waiting);
            waiting = 0;
          }
        }
      }
      if (waiting > 0) {
        explain(waiting);
      }
      done = true;
    } finally {
      if (!done) {
        queue.forgetScores();
      }
    }
  }

  private void explain(int rows) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(
          features, toExplain[i] * columns, explainer.features(), i * columns, columns);
    }
    explainer.explainRows(rows);
    for (int i = 0; i < rows; i++) {
      float[] raw = Arrays.copyOfRange(explainer.features(), i * columns, i * columns + columns);
      queue.explain(toExplain[i], raw, explainer.explanation(i));
    }
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
      scorer.close();
      explainer.close();
    }
  }

  boolean isClosed() {
    return closed;
  }
}
