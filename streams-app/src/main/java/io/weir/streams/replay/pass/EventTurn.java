package io.weir.streams.replay.pass;

import io.weir.schemas.event.Alert;
import io.weir.streams.decode.BadRecordException;
import io.weir.streams.mute.Ruling;
import io.weir.streams.path.Detection;
import io.weir.streams.path.EventPath;
import io.weir.streams.replay.tally.Happening;
import io.weir.streams.replay.tally.Label;
import io.weir.streams.replay.tally.ModelTally;
import io.weir.streams.replay.tally.Tally;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// An event's turn: it goes the way of every model and threshold, and what comes of it is counted.
/// Made, used and closed on one thread.
final class EventTurn implements AutoCloseable {
  private final Pass pass;
  private final PartitionRange range;
  private final TopicPartition partition;
  private final PartitionState state;
  private final AlertFile file;
  private final AlertTopic topic;
  private final Labels labels;
  private final List<EventPath> paths = new ArrayList<>();
  private final Happening[][] happenings;

  /// The happenings of the models that scored the event, null of others.
  private final Happening[][] scored;

  private ConsumerRecord<byte[], byte[]> record;
  private boolean reported;

  EventTurn(
      Pass pass, PartitionRange range, PartitionState state, AlertFile file, AlertTopic topic) {
    this.pass = pass;
    this.range = range;
    this.partition = range.topicPartition();
    this.state = state;
    this.file = file;
    this.topic = topic;
    this.labels = pass.labels() == null ? null : pass.labels().get();
    List<Detection> detections = pass.detections();
    happenings = new Happening[detections.size()][];
    scored = new Happening[detections.size()][];
    boolean made = false;
    try {
      for (int model = 0; model < detections.size(); model++) {
        Detection detection = detections.get(model);
        paths.add(
            new EventPath(
                detection,
                partition.partition(),
                state.stores(model),
                range.topic()::equals,
                range.fileName()));
        happenings[model] =
            IntStream.range(0, detection.judges().size())
                .mapToObj(_ -> new Happening())
                .toArray(Happening[]::new);
      }
      made = true;
    } finally {
      if (!made) {
        close();
      }
    }
  }

  void take(ConsumerRecord<byte[], byte[]> its) throws IOException {
    record = its;
    reported = record.offset() >= range.first();
    long time = EventPath.timestamp(record.timestamp(), state.time);
    state.time = Math.max(state.time, time);
    Label label = Label.UNKNOWN;
    Tally tally = state.tally;
    if (reported) {
      tally.event(time);
      if (labels != null) {
        label = labels.of(record, time);
      }
    } else {
      tally.warmUp();
    }
    for (int model = 0; model < paths.size(); model++) {
      scored[model] = score(model, time, label);
    }
    if (!reported) {
      return;
    }
    if (labels != null) {
      tally.label(record.key(), label, scored[0] != null, scored);
    }
    if (scored.length > 1 && scored[0] != null && scored[1] != null) {
      tally.both(
          partition,
          record.offset(),
          time,
          record.key(),
          paths.get(0).score(),
          scored[0][0],
          paths.get(1).score(),
          scored[1][0]);
    }
  }

  /// @return what the thresholds made of the event; null if it has no score
  private Happening[] score(int model, long time, Label label) throws IOException {
    EventPath path = paths.get(model);
    ModelTally tally = state.tally.model(model);
    try {
      if (!path.score(partition, record.offset(), record.key(), time, record.value())) {
        if (reported) {
          tally.unscored();
        }
        return null;
      }
    } catch (BadRecordException e) {
      if (reported) {
        tally.bad(e.reason());
      }
      return null;
    }
    Happening[] all = happenings[model];
    try {
      for (int threshold = 0; threshold < all.length; threshold++) {
        judge(path, threshold, all[threshold], tally);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    if (reported) {
      tally.event(time, path.score(), all, label);
    }
    return all;
  }

  private void judge(EventPath path, int threshold, Happening happening, ModelTally tally) {
    happening.clear();
    boolean first = threshold == 0;
    Ruling ruling =
        path.judge(
            threshold,
            alert -> {
              boolean own = alert.getOffset() == record.offset();
              happening.alert(own, opens(alert));
              if (first && reported) {
                report(alert, own, tally);
              }
            });
    switch (ruling) {
      case null -> {}
      case Ruling.Alerted _ -> happening.anomalous(path.severity(threshold));
      case Ruling.Ignored(var rule) ->
          suppressed(path, threshold, happening, "ignored by " + rule.name());
      case Ruling.CoolingDown() -> suppressed(path, threshold, happening, "cool-down");
      case Ruling.KnownIncident() -> suppressed(path, threshold, happening, "incident");
    }
  }

  private static void suppressed(
      EventPath path, int threshold, Happening happening, String reason) {
    happening.anomalous(path.severity(threshold));
    happening.suppressed(reason);
  }

  private static boolean opens(Alert alert) {
    return alert.getIncident() != null && alert.getIncident().getStatus().equals("OPENED");
  }

  private void report(Alert alert, boolean own, ModelTally tally) {
    alert.put("replay_id", pass.plan().id());
    tally.alert(alert, own);
    try {
      file.add(alert);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (topic != null) {
      topic.send(alert, record);
    }
  }

  /// Forgets some idle keys.
  void tidy(int most) {
    paths.forEach(path -> path.tidy(most));
  }

  @Override
  public void close() {
    paths.forEach(EventPath::close);
  }
}
