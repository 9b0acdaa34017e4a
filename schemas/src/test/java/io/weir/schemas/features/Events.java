package io.weir.schemas.features;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/// Schemas and events for tests.
final class Events {
  private Events() {}

  /// A record of one field named `value`.
  static Schema recordOf(String type) {
    return parse(
        "{'type':'record','name':'Event','fields':[{'name':'value','type':" + type + "}]}");
  }

  /// A schema in JSON with single quotes.
  static Schema parse(String json) {
    return new Schema.Parser().parse(json.replace('\'', '"'));
  }

  /// An event of the schema, filled in by the caller.
  static byte[] event(Schema schema, Consumer<GenericRecord> fill) {
    GenericRecord record = new GenericData.Record(schema);
    fill.accept(record);
    return encode(schema, record);
  }

  static byte[] encode(Schema schema, Object datum) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    try {
      new GenericDatumWriter<>(schema).write(datum, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
