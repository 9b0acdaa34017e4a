package io.weir.streams.path;

import io.weir.schemas.event.Alert;
import io.weir.streams.count.Histogram;
import io.weir.streams.decode.BadRecordException;
import io.weir.streams.gather.TaskWindows;
import io.weir.streams.infer.ThreadScorer;
import io.weir.streams.infer.WindowScorer;
import io.weir.streams.judge.Severity;
import io.weir.streams.mute.Anomaly;
import io.weir.streams.mute.IgnoreRule;
import io.weir.streams.mute.Notice;
import io.weir.streams.mute.Ruling;
import io.weir.streams.mute.TaskMute;
import io.weir.streams.notify.AlertComposer;
import io.weir.streams.notify.EventOrigin;
import io.weir.streams.notify.ScoreParts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way of a partition's events through all stages: decode, gather, infer, judge, mute, notify.
/// The live processor and the replay go it with the same code, and so come to the same verdicts.
///
/// Events come in the order of their offsets, each by one call of [#score] and, if that has a
/// score, one of [#judge]. What comes out depends on the events alone, never on the time of day.
/// Not thread-safe; made, used and closed on one thread.
public final class EventPath implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventPath.class);

  private final Detection shared;
  private final int partitionNumber;
  private final List<AlertComposer> alerts;
  private final ThreadScorer scorer;
  private final Histogram.Writer scored;
  private final List<TaskMute> mutes = new ArrayList<>();
  private final TaskWindows windows;
  private final WindowScorer windowScorer;
  private TopicPartition partition = new TopicPartition("", -1);
  private long offset;
  private byte[] key;
  private long timestamp;

  /// @param partitionNumber of all topics whose events come
  /// @param stores what is kept between events
  /// @param input tells by its name whether a topic is still read
  public EventPath(
      Detection shared,
      int partitionNumber,
      PathStores stores,
      Predicate<String> input,
      String task) {
    this.shared = shared;
    this.partitionNumber = partitionNumber;
    this.alerts =
        shared.judges().stream()
            .map(judge -> new AlertComposer(shared.detector(), judge, shared.alertFeaturesMax()))
            .toList();
    this.scorer = shared.lookAhead().join();
    this.scored = shared.progress().scores();
    for (KeyValueStore<byte[], byte[]> mute : stores.mutes()) {
      mutes.add(new TaskMute(shared.mute(), mute, input, task));
    }
    if (shared.windows().isPresent()) {
      windows = new TaskWindows(shared.windows().get(), stores.windows(), input, task);
      windowScorer = scorer.over(windows);
    } else {
      windows = null;
      windowScorer = null;
    }
  }

  /// The time of an event.
  ///
  /// A record without a timestamp, which only very old or odd producers write, gets the largest one
  /// of its partition so far.
  ///
  /// @param timestamp of the Kafka record, negative if it has none
  /// @param partitionTime the largest so far, negative if there was none
  public static long timestamp(long timestamp, long partitionTime) {
    return timestamp >= 0 ? timestamp : Math.max(partitionTime, 0);
  }

  /// Scores an event.
  ///
  /// @param eventKey null for none
  /// @param eventTimestamp of the Kafka record, in milliseconds since 1970
  /// @return whether it has a score; false while the window of its key warms up
  /// @throws BadRecordException for a record that cannot be scored: a dead letter
  /// @throws io.weir.streams.decode.RegistryOutageException if its schema cannot be had
  public boolean score(
      TopicPartition of, long eventOffset, byte[] eventKey, long eventTimestamp, byte[] value) {
    partition = of;
    offset = eventOffset;
    key = eventKey;
    timestamp = eventTimestamp;
    boolean hasScore = true;
    try {
      if (windowScorer == null) {
        scorer.score(partition, offset, value);
      } else {
        hasScore = windowScorer.score(partition, offset, key, timestamp, value);
      }
    } catch (BadRecordException e) {
      if (shared.progress().badRecord(e.reason())) {
        LOG.warn(
            "First bad record of its kind, at {} offset {}: {}. All are counted; the live processor"
                + " sends them to the dead-letter topic.",
            partition,
            offset,
            e.getMessage());
      }
      throw e;
    }
    if (windowScorer != null && windowScorer.late()) {
      shared.progress().lateEvent();
    }
    if (!hasScore) {
      shared.progress().warmingUp();
      return false;
    }
    scored.record(scorer.score());
    return true;
  }

  /// The event's score; this and the following speak of the event of the last [#score].
  public float score() {
    return scorer.score();
  }

  /// Its score with its parts.
  public ScoreParts parts() {
    return new ScoreParts(scorer.score(), scorer.reconstructionLoss(), scorer.klDivergence());
  }

  /// Whether its score is above the threshold that counts, be it alerted or not.
  public boolean isAnomalous() {
    return isAnomalous(0);
  }

  /// Comes to a verdict on the event, by the threshold that counts.
  ///
  /// @param out receives the alerts that it gives: those of incidents that are over with it come
  ///   first, and are of earlier events
  public void judge(Consumer<Alert> out) {
    Ruling ruling =
        judge(
            0,
            alert -> {
              out.accept(alert);
              shared.progress().alert(Severity.valueOf(alert.getSeverity()));
            });
    switch (ruling) {
      case null -> {}
      case Ruling.Alerted _ -> {}
      case Ruling.Ignored(IgnoreRule rule) -> shared.progress().ignored(rule.name());
      case Ruling.CoolingDown() -> shared.progress().coolingDown();
      case Ruling.KnownIncident() -> shared.progress().knownIncident();
    }
  }

  /// Comes to a verdict on the event by one of the thresholds. Each of them must judge every event.
  ///
  /// @param threshold by its place among [Detection#judges()]
  /// @param out as above
  /// @return what becomes of the event; null if it is not anomalous
  public Ruling judge(int threshold, Consumer<Alert> out) {
    TaskMute mute = mutes.get(threshold);
    if (shared.mutes()) {
      mute.tick(partition.topic(), timestamp, notice -> tell(notice, out));
    }
    if (!isAnomalous(threshold)) {
      return null;
    }
    Ruling ruling =
        mute.rule(anomaly(threshold), () -> alert(threshold), notice -> tell(notice, out));
    if (ruling instanceof Ruling.Alerted(Notice notice)) {
      tell(notice, out);
    }
    return ruling;
  }

  /// How much the event matters, by one of the thresholds.
  public Severity severity(int threshold) {
    return shared.judges().get(threshold).severity(segment(threshold), scorer.score());
  }

  private boolean isAnomalous(int threshold) {
    return shared.judges().get(threshold).isAnomalous(segment(threshold), scorer.score());
  }

  private int segment(int threshold) {
    return shared.panel().segment(scorer.segment(), threshold);
  }

  private Anomaly anomaly(int threshold) {
    return new Anomaly(
        partition,
        offset,
        key,
        timestamp,
        scorer.score(),
        severity(threshold),
        scorer.raw(),
        scorer.explanation());
  }

  private Alert alert(int threshold) {
    return alerts
        .get(threshold)
        .alert(
            new EventOrigin(partition.topic(), partition.partition(), offset, key, timestamp),
            parts(),
            segment(threshold),
            windows == null ? 1 : windows.run(),
            scorer.raw(),
            scorer.explanation());
  }

  private static void tell(Notice notice, Consumer<Alert> out) {
    out.accept(AlertComposer.of(notice.alert(), notice.incident(), notice.suppressed()));
  }

  /// Forgets some idle keys: bounded work, to be called again and again.
  ///
  /// @param most about how many tombstones
  public void tidy(int most) {
    if (windows != null) {
      shared.progress().expired(windows.tidy(most));
    }
  }

  @Override
  public void close() {
    shared.lookAhead().leave(scorer, partitionNumber);
    scored.close();
  }
}
