package io.weir.streams.notify;

import io.weir.detector.Detector;
import io.weir.detector.Explanation;
import io.weir.schemas.card.ModelCard;
import io.weir.schemas.event.Alert;
import io.weir.streams.judge.Judge;
import io.weir.streams.judge.Severity;
import java.nio.ByteBuffer;
import java.time.Instant;

/// Composes alerts, for one task.
public final class AlertWriter {
  private final ModelCard card;
  private final String modelSha256;
  private final Judge judge;
  private final int featuresMax;
  private final RecordWriter<Alert> writer;

  /// @param featuresMax most features that an alert explains
  /// @param schemaId what the registry calls the schema of alerts
  public AlertWriter(Detector detector, Judge judge, int featuresMax, int schemaId) {
    this.card = detector.card();
    this.modelSha256 = detector.sha256();
    this.judge = judge;
    this.featuresMax = featuresMax;
    this.writer = new RecordWriter<>(Alert.getClassSchema(), Alert.class, schemaId);
  }

  /// The bytes of an alert.
  ///
  /// @param event where the event stands, and its key
  /// @param scores what the event scored
  /// @param raw [features] the raw features that were scored, of a window [steps x features]
  /// @param explanation of the same features
  public byte[] write(EventOrigin event, ScoreParts scores, float[] raw, Explanation explanation) {
    return writer.write(alert(event, scores, raw, explanation));
  }

  Alert alert(EventOrigin event, ScoreParts scores, float[] raw, Explanation explanation) {
    double rarity = judge.rarity(scores.score());
    return Alert.newBuilder()
        .setId(AlertId.of(event.topic(), event.partition(), event.offset(), modelSha256))
        .setTopic(event.topic())
        .setPartition(event.partition())
        .setOffset(event.offset())
        .setKey(event.key() == null ? null : ByteBuffer.wrap(event.key()))
        .setEventTime(Instant.ofEpochMilli(event.timestamp()))
        .setModelName(card.name())
        .setModelVersion(card.version())
        .setModelSha256(modelSha256)
        .setScore(scores.score())
        .setReconstructionLoss(scores.reconstructionLoss())
        .setKlDivergence(scores.klDivergence())
        .setThreshold(judge.threshold().value())
        .setThresholdPolicy(judge.threshold().policy())
        .setRarity(rarity)
        .setSeverity(Severity.of(rarity).name())
        .setFeatures(Contributions.top(card.features(), raw, explanation, featuresMax))
        .build();
  }
}
