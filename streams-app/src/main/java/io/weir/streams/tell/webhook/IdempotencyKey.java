package io.weir.streams.tell.webhook;

import io.weir.schemas.event.Alert;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// By what a receiver knows an alert that it has already: the alert's id, and the status of its
/// incident, since a closing alert repeats the incident's last event.
final class IdempotencyKey {
  private static final int LONGEST = 255;

  private IdempotencyKey() {}

  /// `<id>`, or `<id>-CLOSED`. An alert without an id, which no Weir writes, has its place in the
  /// topic instead.
  static String of(Alert alert, ConsumerRecord<?, ?> record) {
    String id =
        alert.getId().isEmpty()
            ? record.topic() + "-" + record.partition() + "-" + record.offset()
            : alert.getId();
    String key =
        alert.getIncident() == null || alert.getIncident().getStatus().isEmpty()
            ? id
            : id + "-" + alert.getIncident().getStatus();
    // Whatever stands in the topic must stay within its header.
    String safe = key.replaceAll("[^A-Za-z0-9._-]", "_");
    return safe.length() > LONGEST ? safe.substring(0, LONGEST) : safe;
  }
}
