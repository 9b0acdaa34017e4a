package io.weir.streams.replay.tally;

import io.weir.streams.replay.ReplayResult;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.kafka.common.TopicPartition;

/// Everything that is counted, of one partition or of several together. Not thread-safe.
public final class Tally {
  private final List<ModelTally> models = new ArrayList<>();
  private final ComparisonTally comparison = new ComparisonTally();
  private final LabelledSegments segments = new LabelledSegments();
  private final int firstThresholds;
  private long events;
  private long warmUpEvents;
  private long deletedOffsets;
  private long deletedHistory;
  private long firstTime = Long.MAX_VALUE;
  private long lastTime = Long.MIN_VALUE;
  private long known;
  private long labelled;
  private long labelledUnscored;

  /// @param thresholds how many are counted of each model, 64 at most in all
  public Tally(List<Integer> thresholds) {
    if (thresholds.stream().mapToInt(Integer::intValue).sum() > Long.SIZE) {
      throw new IllegalArgumentException("more than 64 thresholds: " + thresholds);
    }
    thresholds.forEach(count -> models.add(new ModelTally(count)));
    firstThresholds = thresholds.getFirst();
  }

  /// The counts of a model.
  public ModelTally model(int model) {
    return models.get(model);
  }

  /// A record before the range.
  public void warmUp() {
    warmUpEvents++;
  }

  /// A record of the range, be it good or bad.
  public void event(long time) {
    events++;
    firstTime = Math.min(firstTime, time);
    lastTime = Math.max(lastTime, time);
  }

  /// Retention deleted records before they were read.
  ///
  /// @param inRange offsets of the range
  /// @param before offsets of the warm-up
  public void deleted(long inRange, long before) {
    deletedOffsets += inRange;
    deletedHistory += before;
  }

  /// What was known of a record of the range.
  ///
  /// @param key null without one
  /// @param label what the source of the labels says of it
  /// @param scored whether it has a score of the first model
  /// @param happenings what each model's thresholds made of it; null of models without a score
  public void label(byte[] key, Label label, boolean scored, Happening[][] happenings) {
    if (label != Label.UNKNOWN) {
      known++;
    }
    boolean isLabelled = label == Label.ANOMALOUS;
    if (isLabelled) {
      labelled++;
      if (!scored) {
        labelledUnscored++;
      }
    }
    segments.event(key, label, isLabelled ? above(happenings) : 0, this::caught);
  }

  private long above(Happening[][] happenings) {
    long bits = 0;
    int bit = 0;
    for (int model = 0; model < models.size(); model++) {
      for (int row = 0; row < models.get(model).thresholds(); row++, bit++) {
        if (happenings[model] != null && happenings[model][row].anomalous) {
          bits |= 1L << bit;
        }
      }
    }
    return bits;
  }

  private void caught(int bit) {
    if (bit < firstThresholds) {
      models.getFirst().segmentCaught(bit);
    } else {
      models.getLast().segmentCaught(bit - firstThresholds);
    }
  }

  /// An event that both models scored.
  public void both(
      TopicPartition partition,
      long offset,
      long time,
      byte[] key,
      float scoreA,
      Happening a,
      float scoreB,
      Happening b) {
    comparison.event(partition, offset, time, key, scoreA, a, scoreB, b);
  }

  /// The partition is over.
  public void end() {
    segments.end(this::caught);
  }

  /// Adds what was counted of another partition, which is over.
  public void add(Tally other) {
    events += other.events;
    warmUpEvents += other.warmUpEvents;
    deletedOffsets += other.deletedOffsets;
    deletedHistory += other.deletedHistory;
    firstTime = Math.min(firstTime, other.firstTime);
    lastTime = Math.max(lastTime, other.lastTime);
    known += other.known;
    labelled += other.labelled;
    labelledUnscored += other.labelledUnscored;
    for (int model = 0; model < models.size(); model++) {
      models.get(model).add(other.models.get(model));
    }
    comparison.add(other.comparison);
    segments.add(other.segments);
  }

  /// Records of the range.
  public long events() {
    return events;
  }

  /// Records that the source of the labels says something of.
  public long known() {
    return known;
  }

  /// Offsets of the range that were deleted.
  public long deletedOffsets() {
    return deletedOffsets;
  }

  /// Offsets of the warm-up that were deleted.
  public long deletedHistory() {
    return deletedHistory;
  }

  /// A partition's part.
  ///
  /// @param history where its warm-up began
  public ReplayResult.Partition partition(
      TopicPartition partition, long history, long first, long end) {
    return new ReplayResult.Partition(
        partition.topic(),
        partition.partition(),
        history,
        first,
        end,
        events,
        warmUpEvents,
        deletedOffsets,
        events == 0 ? null : firstTime,
        events == 0 ? null : lastTime);
  }

  /// The whole.
  ///
  /// @param range makes the range of the events, the smallest and the largest timestamp, null
  ///   without events
  /// @param labels where they are from, null without labels
  public ReplayResult result(
      String id, RangeOf range, List<ModelFacts> facts, String labels, List<String> notes) {
    double days = events == 0 ? 0 : (lastTime - firstTime) / (double) Calendar.DAY;
    IntFunction<ReplayResult.Model> result =
        model -> models.get(model).result(facts.get(model), days, labels != null);
    return new ReplayResult(
        ReplayResult.VERSION,
        id,
        range.of(events, events == 0 ? null : firstTime, events == 0 ? null : lastTime),
        models.size() == 1 ? List.of(result.apply(0)) : List.of(result.apply(0), result.apply(1)),
        models.size() == 1 ? null : comparison.result(),
        labels == null
            ? null
            : new ReplayResult.Labels(labels, labelled, labelledUnscored, segments.segments()),
        notes);
  }

  /// Makes the range of a result.
  @FunctionalInterface
  public interface RangeOf {
    /// @param firstTime null without events
    /// @param lastTime null without events
    ReplayResult.Range of(long events, Long firstTime, Long lastTime);
  }

  /// Writes everything to a checkpoint.
  public void write(DataOutput out) throws IOException {
    for (long number :
        new long[] {
          events,
          warmUpEvents,
          deletedOffsets,
          deletedHistory,
          firstTime,
          lastTime,
          known,
          labelled,
          labelledUnscored
        }) {
      out.writeLong(number);
    }
    for (ModelTally model : models) {
      model.write(out);
    }
    if (models.size() > 1) {
      comparison.write(out);
    }
    segments.write(out);
  }

  /// Reads a checkpoint into a new tally.
  public void read(DataInput in) throws IOException {
    events = in.readLong();
    warmUpEvents = in.readLong();
    deletedOffsets = in.readLong();
    deletedHistory = in.readLong();
    firstTime = in.readLong();
    lastTime = in.readLong();
    known = in.readLong();
    labelled = in.readLong();
    labelledUnscored = in.readLong();
    for (ModelTally model : models) {
      model.read(in);
    }
    if (models.size() > 1) {
      comparison.read(in);
    }
    segments.read(in);
  }
}
