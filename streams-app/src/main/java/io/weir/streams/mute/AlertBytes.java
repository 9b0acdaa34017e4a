package io.weir.streams.mute;

import io.weir.schemas.event.Alert;
import io.weir.schemas.event.TrustedEvents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.SchemaStore;

/// Alerts as they are kept: Avro's single-object encoding, which names the schema. That lies in the
/// same store, so that a Weir with another version of it can read them.
final class AlertBytes {
  static {
    TrustedEvents.trust();
  }

  private final SchemaStore.Cache schemas = new SchemaStore.Cache();
  private final BinaryMessageDecoder<Alert> decoder = Alert.createDecoder(schemas);

  /// Takes a schema that alerts may have been written with.
  void learn(byte[] schema) {
    schemas.addSchema(new Schema.Parser().parse(new String(schema, StandardCharsets.UTF_8)));
  }

  /// The schema that alerts are written with, as text.
  static byte[] schema() {
    return Alert.getClassSchema().toString().getBytes(StandardCharsets.UTF_8);
  }

  /// Its fingerprint.
  static long fingerprint() {
    return SchemaNormalization.parsingFingerprint64(Alert.getClassSchema());
  }

  byte[] write(Alert alert) {
    try {
      ByteBuffer bytes = Alert.getEncoder().encode(alert);
      byte[] written = new byte[bytes.remaining()];
      bytes.get(written);
      return written;
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail to be written", e);
    }
  }

  Alert read(ByteBuffer bytes) {
    try {
      return decoder.decode(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail to be read", e);
    }
  }
}
