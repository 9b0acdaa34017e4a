package io.weir.streams.infer;

import io.weir.detector.Explanation;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// The polled records of one partition whose turn has not come, and the scores of those that were
/// scored ahead, with the explanations of the anomalous ones.
///
/// Holds references to what Kafka Streams buffers anyway. A chunk is let go of as soon as its last
/// record is scored, so an idle partition holds nothing.
final class PartitionQueue {
  private final ArrayDeque<List<ConsumerRecord<byte[], byte[]>>> chunks = new ArrayDeque<>();
  private int position;

  private final long[] offsets;
  private final byte[][] values;
  private final float[] scores;
  private final float[] reconstructionLosses;
  private final float[] klDivergences;
  private final int[] segments;
  private final float[][] raws;
  private final Explanation[] explanations;
  private final long[] counts;
  private final int[] runs;
  private int scored;
  private int next;

  /// @param batchMax most records scored ahead
  PartitionQueue(int batchMax) {
    offsets = new long[batchMax];
    values = new byte[batchMax][];
    scores = new float[batchMax];
    reconstructionLosses = new float[batchMax];
    klDivergences = new float[batchMax];
    segments = new int[batchMax];
    raws = new float[batchMax][];
    explanations = new Explanation[batchMax];
    counts = new long[batchMax];
    runs = new int[batchMax];
  }

  /// Notes what a poll returned for this partition.
  ///
  /// @param records in the order of their offsets, at least one
  void add(List<ConsumerRecord<byte[], byte[]>> records) {
    List<ConsumerRecord<byte[], byte[]>> newest = chunks.peekLast();
    if (newest != null && newest.getLast().offset() >= records.getFirst().offset()
        || scored > 0 && offsets[scored - 1] >= records.getFirst().offset()) {
      // The consumer went back, after a rebalance for example: what was polled before comes again.
      clear();
    }
    chunks.add(records);
  }

  /// Forgets everything.
  void clear() {
    chunks.clear();
    position = 0;
    forgetScores();
  }

  /// Finds the score of a record among those scored ahead; earlier ones, whose turn never came, are
  /// dropped.
  ///
  /// @param value of the record: the very array that was scored, so that a score can never go to
  ///   another record
  /// @return the index for [#score(int)], or -1 if the record was not scored ahead
  int take(long offset, byte[] value) {
    while (next < scored && offsets[next] < offset) {
      values[next++] = null;
    }
    if (next == scored || offsets[next] != offset || values[next] != value) {
      return -1;
    }
    values[next] = null;
    return next++;
  }

  /// Moves to a record; those before it, whose turn never came, are dropped.
  ///
  /// @return whether the record is there
  boolean moveTo(long offset, byte[] value) {
    for (ConsumerRecord<byte[], byte[]> record = peek(); record != null; record = peek()) {
      if (record.offset() >= offset) {
        return record.offset() == offset && record.value() == value;
      }
      advance();
    }
    return false;
  }

  /// The record at the present position, null at the end.
  ConsumerRecord<byte[], byte[]> peek() {
    return chunks.isEmpty() ? null : chunks.peek().get(position);
  }

  /// Moves on by one record.
  void advance() {
    if (++position == chunks.peek().size()) {
      chunks.poll();
      position = 0;
    }
  }

  /// Starts a new batch.
  void forgetScores() {
    Arrays.fill(values, next, scored, null);
    Arrays.fill(raws, 0, scored, null);
    Arrays.fill(explanations, 0, scored, null);
    scored = 0;
    next = 0;
  }

  /// Names the record of the batch's next row.
  void addRow(long offset, byte[] value) {
    offsets[scored] = offset;
    values[scored++] = value;
  }

  /// Names the record of the batch's next row, which is a window.
  ///
  /// @param count events of the record's key that the window takes for granted, this one included
  /// @param run events in the window
  void addRow(long offset, byte[] value, long count, int run) {
    counts[scored] = count;
    runs[scored] = run;
    addRow(offset, value);
  }

  /// Whether a row's window is the one of a key with so many events.
  boolean isWindow(int row, long count, int run) {
    return counts[row] == count && runs[row] == run;
  }

  /// Number of rows in the batch.
  int rows() {
    return scored;
  }

  /// Sets the outputs of a row.
  void set(int row, float score, float reconstructionLoss, float klDivergence, int segment) {
    scores[row] = score;
    reconstructionLosses[row] = reconstructionLoss;
    klDivergences[row] = klDivergence;
    segments[row] = segment;
  }

  /// Sets what an anomalous row is explained by.
  void explain(int row, float[] raw, Explanation explanation) {
    raws[row] = raw;
    explanations[row] = explanation;
  }

  float score(int row) {
    return scores[row];
  }

  float reconstructionLoss(int row) {
    return reconstructionLosses[row];
  }

  float klDivergence(int row) {
    return klDivergences[row];
  }

  int segment(int row) {
    return segments[row];
  }

  /// The raw features of an anomalous row, null for any other.
  float[] raw(int row) {
    return raws[row];
  }

  /// The explanation of an anomalous row, null for any other.
  Explanation explanation(int row) {
    return explanations[row];
  }
}
