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
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;
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
  private final AlertComposer alerts;
  private final ThreadScorer scorer;
  private final Histogram.Writer scored;
  private final TaskMute mute;
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
    this.alerts = new AlertComposer(shared.detector(), shared.judge(), shared.alertFeaturesMax());
    this.scorer = shared.lookAhead().join();
    this.scored = shared.progress().scores();
    this.mute = new TaskMute(shared.mute(), stores.mute(), input, task);
    if (shared.windows().isPresent()) {
      windows = new TaskWindows(shared.windows().get(), stores.windows(), input, task);
      windowScorer = scorer.over(windows);
    } else {
      windows = null;
      windowScorer = null;
    }
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
            "First bad record of its kind, at {} offset {}: {}. Bad records go to the dead-letter"
                + " topic and are counted.",
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

  /// The segment whose threshold applies to it.
  public int segment() {
    return scorer.segment();
  }

  /// Whether its score is above the threshold, be it alerted or not.
  public boolean isAnomalous() {
    return shared.judge().isAnomalous(scorer.segment(), scorer.score());
  }

  /// Comes to a verdict on the event.
  ///
  /// @param out receives the alerts that it gives: those of incidents that are over with it come
  ///   first, and are of earlier events
  public void judge(Consumer<Alert> out) {
    if (shared.mutes()) {
      mute.tick(partition.topic(), timestamp, notice -> tell(notice, out));
    }
    if (isAnomalous()) {
      switch (mute.rule(anomaly(), this::alert, notice -> tell(notice, out))) {
        case Ruling.Alerted(Notice notice) -> tell(notice, out);
        case Ruling.Ignored(IgnoreRule rule) -> shared.progress().ignored(rule.name());
        case Ruling.CoolingDown() -> shared.progress().coolingDown();
        case Ruling.KnownIncident() -> shared.progress().knownIncident();
      }
    }
  }

  private Anomaly anomaly() {
    return new Anomaly(
        partition,
        offset,
        key,
        timestamp,
        scorer.score(),
        shared.judge().severity(scorer.segment(), scorer.score()),
        scorer.raw(),
        scorer.explanation());
  }

  private Alert alert() {
    return alerts.alert(
        new EventOrigin(partition.topic(), partition.partition(), offset, key, timestamp),
        parts(),
        scorer.segment(),
        windows == null ? 1 : windows.run(),
        scorer.raw(),
        scorer.explanation());
  }

  private void tell(Notice notice, Consumer<Alert> out) {
    Alert alert = AlertComposer.of(notice.alert(), notice.incident(), notice.suppressed());
    out.accept(alert);
    shared.progress().alert(Severity.valueOf(alert.getSeverity()));
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
