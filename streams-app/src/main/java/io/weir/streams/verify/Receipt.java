package io.weir.streams.verify;

import io.weir.streams.notify.AlertId;
import java.util.Locale;

/// What an alert says of its event and its score, as far as it can be computed again.
///
/// @param id the alert's, empty if it has none
/// @param incident the status of the incident that the alert is of, empty without one
/// @param key of the event, byte for byte, null without one
/// @param eventTime of the event's Kafka record, in milliseconds since 1970
/// @param modelSha256 lower-case hex
/// @param windowEvents events that were scored together
/// @param runtime what computed the score, empty for alerts of before they named it
@SuppressWarnings("ArrayRecordComponent")
public record Receipt(
    String id,
    String incident,
    String topic,
    int partition,
    long offset,
    byte[] key,
    long eventTime,
    String modelSha256,
    float score,
    float reconstructionLoss,
    float klDivergence,
    int windowEvents,
    String runtime) {
  /// Of an incident, the alert that opens it has the plain id.
  private static final String OPENED = "OPENED";

  /// The id that its event, its model and the incident's status give.
  String expectedId() {
    String status =
        incident.isEmpty() || incident.equals(OPENED)
            ? ""
            : "/" + incident.toLowerCase(Locale.ROOT);
    return AlertId.of(topic, partition, offset, modelSha256 + status);
  }

  /// The event's coordinates, as `topic/partition/offset`.
  public String event() {
    return topic + "/" + partition + "/" + offset;
  }
}
