package io.weir.streams.notify;

import io.weir.schemas.event.Alert;

/// Writes alerts as bytes, for one task.
public final class AlertWriter {
  private final RecordWriter<Alert> writer;

  /// @param schemaId what the registry calls the schema of alerts
  public AlertWriter(int schemaId) {
    this.writer = new RecordWriter<>(Alert.getClassSchema(), Alert.class, schemaId);
  }

  /// The bytes of an alert, in the Confluent wire format.
  public byte[] write(Alert alert) {
    return writer.write(alert);
  }
}
