package io.weir.streams;

import io.weir.streams.decode.BadRecordException;
import io.weir.streams.infer.ThreadScorer;
import io.weir.streams.notify.AlertWriter;
import io.weir.streams.notify.EventOrigin;
import io.weir.streams.notify.ScoreParts;
import io.weir.streams.notify.ScoreWriter;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One task: every event is scored at its own turn, and forwarded with its own key, timestamp and
/// headers.
final class DetectionProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  private static final Logger LOG = LoggerFactory.getLogger(DetectionProcessor.class);

  private final Detection shared;
  private final AlertWriter alerts;
  private final ScoreWriter scores;
  private ProcessorContext<byte[], byte[]> context;
  private ThreadScorer scorer;
  private TopicPartition partition = new TopicPartition("", -1);

  DetectionProcessor(Detection shared) {
    this.shared = shared;
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
  }

  /// @throws BadRecordException for a record that cannot be scored: a dead letter
  @Override
  public void process(Record<byte[], byte[]> event) {
    RecordMetadata origin = context.recordMetadata().orElseThrow();
    if (origin.partition() != partition.partition() || !origin.topic().equals(partition.topic())) {
      partition = new TopicPartition(origin.topic(), origin.partition());
    }
    try {
      scorer.score(partition, origin.offset(), event.value());
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
    boolean anomalous = shared.judge().isAnomalous(scorer.score());
    if (anomalous || scores != null) {
      forward(event, origin, anomalous);
    }
    shared.progress().event();
  }

  @Override
  public void close() {
    if (scorer != null) {
      shared.lookAhead().leave(scorer, context.taskId().partition());
      scorer = null;
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
      shared.progress().alert();
    }
  }
}
