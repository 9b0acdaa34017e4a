package io.weir.streams.notify;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/// Writes records of one schema in the Confluent wire format: a zero byte, the schema id, Avro. The
/// id is known from the start, so the registry is never asked. Not thread-safe.
final class RecordWriter<T extends SpecificRecord> {
  private final SpecificDatumWriter<T> writer;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
  private final byte[] header;
  private BinaryEncoder encoder;

  RecordWriter(Schema schema, Class<T> type, int schemaId) {
    this.writer = new SpecificDatumWriter<>(type);
    this.writer.setSchema(schema);
    this.header =
        new byte[] {
          0,
          (byte) (schemaId >>> 24),
          (byte) (schemaId >>> 16),
          (byte) (schemaId >>> 8),
          (byte) schemaId
        };
  }

  byte[] write(T record) {
    bytes.reset();
    bytes.writeBytes(header);
    encoder = EncoderFactory.get().binaryEncoder(bytes, encoder);
    try {
      writer.write(record, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail to be written", e);
    }
    return bytes.toByteArray();
  }
}
