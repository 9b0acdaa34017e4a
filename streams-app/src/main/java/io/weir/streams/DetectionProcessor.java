package io.weir.streams;

import io.weir.streams.count.Histogram;
import io.weir.streams.decode.BadRecordException;
import io.weir.streams.gather.TaskWindows;
import io.weir.streams.infer.ThreadScorer;
import io.weir.streams.infer.WindowScorer;
import io.weir.streams.notify.AlertWriter;
import io.weir.streams.notify.EventOrigin;
import io.weir.streams.notify.ScoreParts;
import io.weir.streams.notify.ScoreWriter;
import java.time.Duration;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One task: every event is scored at its own turn, and forwarded with its own key, timestamp and
/// headers.
final class DetectionProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  private static final Logger LOG = LoggerFactory.getLogger(DetectionProcessor.class);

  /// How often idle keys are looked for, and how many tombstones about may then be written: some
  /// ten milliseconds' worth.
  private static final Duration TIDY_INTERVAL = Duration.ofMillis(100);

  private static final int TOMBSTONES = 8_192;

  private final Detection shared;
  private final AlertWriter alerts;
  private final ScoreWriter scores;
  private ProcessorContext<byte[], byte[]> context;
  private final Predicate<String> input;
  private ThreadScorer scorer;
  private Histogram.Writer scored;
  private TaskWindows windows;
  private WindowScorer windowScorer;
  private TopicPartition partition = new TopicPartition("", -1);

  /// @param input tells by its name whether a topic is read
  DetectionProcessor(Detection shared, Predicate<String> input) {
    this.shared = shared;
    this.input = input;
    this.alerts =
        new AlertWriter(
            shared.detector(), shared.judge(), shared.alertFeaturesMax(), shared.alertSchemaId());
    this.scores =
        shared.scoreSchemaId().isPresent()
            ? new ScoreWriter(shared.detector().sha256(), shared.scoreSchemaId().getAsInt())
            : null;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> processorContext) {
    context = processorContext;
    scorer = shared.lookAhead().join();
    scored = shared.progress().scores();
    if (shared.windows().isPresent()) {
      KeyValueStore<byte[], byte[]> store = context.getStateStore(Windowing.STORE);
      windows =
          new TaskWindows(
              shared.windows().get(), store, input, processorContext.taskId().toString());
      windowScorer = scorer.over(windows);
      context.schedule(TIDY_INTERVAL, PunctuationType.WALL_CLOCK_TIME, _ -> tidy());
    }
  }

  /// @throws BadRecordException for a record that cannot be scored: a dead letter
  @Override
  public void process(Record<byte[], byte[]> event) {
    RecordMetadata origin = context.recordMetadata().orElseThrow();
    if (origin.partition() != partition.partition() || !origin.topic().equals(partition.topic())) {
      partition = new TopicPartition(origin.topic(), origin.partition());
    }
    boolean hasScore = true;
    try {
      if (windowScorer == null) {
        scorer.score(partition, origin.offset(), event.value());
      } else {
        hasScore =
            windowScorer.score(
                partition, origin.offset(), event.key(), event.timestamp(), event.value());
      }
    } catch (BadRecordException e) {
      if (shared.progress().badRecord(e.reason())) {
        LOG.warn(
            "First bad record of its kind, at {} offset {}: {}. Bad records go to the dead-letter"
                + " topic and are counted.",
            partition,
            origin.offset(),
            e.getMessage());
      }
      throw e;
    }
    if (windowScorer != null && windowScorer.late()) {
      shared.progress().lateEvent();
    }
    if (!hasScore) {
      shared.progress().warmingUp();
      return;
    }
    boolean anomalous = shared.judge().isAnomalous(scorer.score());
    if (anomalous || scores != null) {
      forward(event, origin, anomalous);
    }
    scored.record(scorer.score());
  }

  private void tidy() {
    shared.progress().expired(windows.tidy(TOMBSTONES));
  }

  @Override
  public void close() {
    windows = null;
    windowScorer = null;
    if (scorer != null) {
      shared.lookAhead().leave(scorer, context.taskId().partition());
      scorer = null;
      scored.close();
    }
  }

  private void forward(Record<byte[], byte[]> event, RecordMetadata origin, boolean anomalous) {
    ScoreParts parts =
        new ScoreParts(scorer.score(), scorer.reconstructionLoss(), scorer.klDivergence());
    if (scores != null) {
      byte[] score =
          scores.write(origin.topic(), origin.partition(), origin.offset(), parts, anomalous);
      context.forward(event.withValue(score), WeirTopology.SCORES);
    }
    if (anomalous) {
      EventOrigin where =
          new EventOrigin(
              origin.topic(), origin.partition(), origin.offset(), event.key(), event.timestamp());
      context.forward(
          event.withValue(alerts.write(where, parts, scorer.raw(), scorer.explanation())),
          WeirTopology.ALERTS);
      shared.progress().alert(shared.judge().severity(parts.score()));
    }
  }
}
