package io.weir.streams.mute;

import io.weir.detector.Explanation;
import io.weir.schemas.event.Alert;
import io.weir.schemas.event.Incident;
import io.weir.streams.judge.Severity;
import io.weir.streams.notify.AlertId;
import io.weir.streams.path.HeapStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/// Events of one partition on their way through [TaskMute], with what comes of them in words.
final class MutedEvents implements AutoCloseable {
  static final TopicPartition PARTITION = new TopicPartition("payments", 0);

  final List<String> told = new ArrayList<>();
  final List<Notice> notices = new ArrayList<>();
  private MuteRules rules;
  private final HeapStore store = new HeapStore("test");
  private TaskMute mute;
  private long offset;

  MutedEvents(MuteRules rules) {
    this.rules = rules;
    restart();
  }

  /// All that is not in the store is forgotten.
  MutedEvents restart() {
    mute = new TaskMute(rules, store, topic -> topic.equals("payments"), "0_0");
    return this;
  }

  /// A restart with other rules.
  MutedEvents with(MuteRules others) {
    rules = others;
    return restart();
  }

  MutedEvents normal(long... timestamps) {
    for (long timestamp : timestamps) {
      tick(timestamp);
      offset++;
    }
    return this;
  }

  MutedEvents anomalous(String key, long... timestamps) {
    for (long timestamp : timestamps) {
      anomalous(key, timestamp, 5, Severity.LOW);
    }
    return this;
  }

  MutedEvents anomalous(String key, long timestamp, float score, Severity severity) {
    tick(timestamp);
    byte[] bytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    Anomaly anomaly =
        new Anomaly(
            PARTITION,
            offset,
            bytes,
            timestamp,
            score,
            severity,
            new float[] {1},
            new Explanation(score, score, 0, new float[] {1}, new float[] {1}, new float[1]));
    switch (mute.rule(anomaly, () -> alert(anomaly), this::hear)) {
      case Ruling.Alerted(Notice notice) -> hear(notice);
      case Ruling.Ignored(IgnoreRule rule) -> told.add(offset + " ignored by " + rule.name());
      case Ruling.CoolingDown() -> told.add(offset + " cooling down");
      case Ruling.KnownIncident() -> told.add(offset + " known");
    }
    offset++;
    return this;
  }

  /// What was told since the last call.
  List<String> told() {
    List<String> since = List.copyOf(told);
    told.clear();
    return since;
  }

  long stored() {
    return store.approximateNumEntries();
  }

  private void tick(long timestamp) {
    Consumer<Notice> closed = this::hear;
    mute.tick(PARTITION.topic(), timestamp, closed);
  }

  private void hear(Notice notice) {
    notices.add(notice);
    Incident incident = notice.incident();
    told.add(
        notice.alert().getOffset()
            + (incident == null ? " alert" : " " + incident.getStatus())
            + (notice.suppressed() == 0 ? "" : " +" + notice.suppressed()));
  }

  private static Alert alert(Anomaly anomaly) {
    return Alert.newBuilder()
        .setId(AlertId.of(PARTITION.topic(), 0, anomaly.offset(), "abc"))
        .setTopic(PARTITION.topic())
        .setPartition(0)
        .setOffset(anomaly.offset())
        .setKey(anomaly.key() == null ? null : ByteBuffer.wrap(anomaly.key()))
        .setEventTime(Instant.ofEpochMilli(anomaly.timestamp()))
        .setScore(anomaly.score())
        .setSeverity(anomaly.severity().name())
        .build();
  }

  @Override
  public void close() {
    store.close();
  }
}
