package io.weir.streams;

import io.weir.schemas.event.Alert;
import io.weir.streams.decode.BadRecordException;
import io.weir.streams.notify.AlertWriter;
import io.weir.streams.notify.ScoreWriter;
import io.weir.streams.path.Detection;
import io.weir.streams.path.EventPath;
import io.weir.streams.path.PathStores;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/// One task: every event is scored at its own turn, and forwarded with its own key, timestamp and
/// headers.
final class DetectionProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  /// How often idle keys are looked for, and how many tombstones about may then be written: some
  /// ten milliseconds' worth.
  private static final Duration TIDY_INTERVAL = Duration.ofMillis(100);

  private static final int TOMBSTONES = 8_192;

  private final Detection shared;
  private final AlertWriter alerts;
  private final ScoreWriter scores;
  private final Predicate<String> input;
  private ProcessorContext<byte[], byte[]> context;
  private EventPath path;
  private TopicPartition partition = new TopicPartition("", -1);
  private long offset;
  private Record<byte[], byte[]> event;

  /// @param input tells by its name whether a topic is read
  DetectionProcessor(Detection shared, OutputSchemaIds schemaIds, Predicate<String> input) {
    this.shared = shared;
    this.input = input;
    this.alerts = new AlertWriter(schemaIds.alert());
    this.scores =
        schemaIds.score().isPresent()
            ? new ScoreWriter(shared.detector().sha256(), schemaIds.score().getAsInt())
            : null;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> processorContext) {
    context = processorContext;
    boolean windows = shared.windows().isPresent();
    path =
        new EventPath(
            shared,
            context.taskId().partition(),
            PathStores.of(
                windows ? context.getStateStore(KeptStore.WINDOWS.store()) : null,
                shared.mutes() ? context.getStateStore(KeptStore.MUTE.store()) : null),
            input,
            context.taskId().toString());
    if (windows) {
      context.schedule(TIDY_INTERVAL, PunctuationType.WALL_CLOCK_TIME, _ -> path.tidy(TOMBSTONES));
    }
  }

  /// @throws BadRecordException for a record that cannot be scored: a dead letter
  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordMetadata origin = context.recordMetadata().orElseThrow();
    if (origin.partition() != partition.partition() || !origin.topic().equals(partition.topic())) {
      partition = new TopicPartition(origin.topic(), origin.partition());
    }
    event = record;
    offset = origin.offset();
    if (path.score(partition, offset, record.key(), record.timestamp(), record.value())) {
      if (scores != null) {
        byte[] score =
            scores.write(
                partition.topic(), partition.partition(), offset, path.parts(), path.isAnomalous());
        context.forward(record.withValue(score), WeirTopology.SCORES);
      }
      path.judge(this::forward);
    }
  }

  /// An alert of an earlier event goes out with that one's key and time, and without headers, which
  /// nobody kept.
  private void forward(Alert alert) {
    byte[] value = alerts.write(alert);
    Record<byte[], byte[]> record =
        alert.getOffset() == offset && alert.getTopic().equals(partition.topic())
            ? event.withValue(value)
            : new Record<>(
                bytes(alert.getKey()), value, Math.max(0, alert.getEventTime().toEpochMilli()));
    context.forward(record, WeirTopology.ALERTS);
  }

  private static byte[] bytes(ByteBuffer keyOrNull) {
    if (keyOrNull == null) {
      return null;
    }
    byte[] bytes = new byte[keyOrNull.remaining()];
    keyOrNull.duplicate().get(bytes);
    return bytes;
  }

  @Override
  public void close() {
    if (path != null) {
      path.close();
      path = null;
    }
  }
}
