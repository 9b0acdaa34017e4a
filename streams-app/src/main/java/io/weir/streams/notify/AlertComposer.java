package io.weir.streams.notify;

import io.weir.detector.Detector;
import io.weir.detector.Explanation;
import io.weir.schemas.card.ModelCard;
import io.weir.schemas.event.Alert;
import io.weir.schemas.event.FeatureContribution;
import io.weir.schemas.event.Incident;
import io.weir.streams.judge.Judge;
import io.weir.streams.judge.Severity;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

/// Composes alerts, for one task.
public final class AlertComposer {
  private final ModelCard card;
  private final String modelSha256;
  private final Judge judge;
  private final int featuresMax;
  private final Sentence sentence;

  /// @param featuresMax most features that an alert explains
  public AlertComposer(Detector detector, Judge judge, int featuresMax) {
    this.card = detector.card();
    this.modelSha256 = detector.sha256();
    this.judge = judge;
    this.featuresMax = featuresMax;
    this.sentence = new Sentence(card);
  }

  /// Makes an alert what goes out.
  ///
  /// @param plain of the event; it is completed
  /// @param incident that it belongs to, null for none
  /// @param suppressed anomalous events of the key since its previous alert that made none
  /// @return the same
  public static Alert of(Alert plain, Incident incident, long suppressed) {
    plain.put("suppressed", suppressed);
    plain.put("incident", incident);
    if (incident != null) {
      plain.put(
          "id",
          AlertId.of(
              plain.getTopic(),
              plain.getPartition(),
              plain.getOffset(),
              plain.getModelSha256(),
              incident.getStatus()));
    }
    return plain;
  }

  /// An alert.
  ///
  /// @param event where the event stands, and its key
  /// @param scores what the event scored
  /// @param segment whose threshold it passed
  /// @param windowEvents how many events of the key were scored together
  /// @param raw [features] the raw features that were scored, of a window [steps x features]
  /// @param explanation of the same features
  public Alert alert(
      EventOrigin event,
      ScoreParts scores,
      int segment,
      int windowEvents,
      float[] raw,
      Explanation explanation) {
    double rarity = judge.rarity(segment, scores.score());
    ModelCard.Threshold threshold = judge.threshold(segment);
    List<FeatureContribution> top =
        Contributions.top(
            card.features(), raw, explanation, Math.max(featuresMax, Sentence.FEATURES_MAX));
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
        .setThreshold(threshold.value())
        .setThresholdPolicy(threshold.policy())
        .setRarity(rarity)
        .setSeverity(Severity.of(rarity).name())
        .setFeatures(top.size() > featuresMax ? List.copyOf(top.subList(0, featuresMax)) : top)
        .setSentence(sentence.of(top, scores.score()))
        .setSegment(judge.segmentName(segment))
        .setWindowEvents(windowEvents)
        .setRuntime(Detector.runtime())
        .build();
  }
}
