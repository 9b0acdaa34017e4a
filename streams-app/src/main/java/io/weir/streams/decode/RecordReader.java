package io.weir.streams.decode;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/// Reads values in the Confluent wire format, whatever version of a schema they were written with,
/// as records of one version. Not thread-safe.
public final class RecordReader {
  private final SchemaLookup lookup;
  private final Schema schema;
  private final Map<Integer, GenericDatumReader<GenericRecord>> readers = new HashMap<>();
  private BinaryDecoder decoder;

  /// @param schema of the records that come out
  public RecordReader(SchemaLookup lookup, Schema schema) {
    this.lookup = lookup;
    this.schema = schema;
  }

  /// Reads a value.
  ///
  /// @throws BadRecordException if it is none of such a record
  /// @throws RegistryOutageException if the registry does not answer in time
  public GenericRecord read(byte[] value) {
    if (value == null || !WireFormat.hasHeader(value)) {
      throw WireFormat.refusal(value);
    }
    int id = WireFormat.schemaId(value);
    GenericDatumReader<GenericRecord> reader = readers.get(id);
    if (reader == null) {
      reader = new GenericDatumReader<>(writer(id), schema);
      readers.put(id, reader);
    }
    decoder =
        DecoderFactory.get()
            .binaryDecoder(value, WireFormat.HEADER, value.length - WireFormat.HEADER, decoder);
    try {
      return reader.read(null, decoder);
    } catch (IOException | AvroRuntimeException e) {
      throw new BadRecordException(
          BadReason.UNSUITABLE_SCHEMA,
          "schema %d: no %s can be read (%s)".formatted(id, schema.getName(), e.getMessage()));
    }
  }

  private Schema writer(int id) {
    return switch (lookup.byId(id)) {
      case SchemaLookup.Answer.Known(Schema writer) -> writer;
      case SchemaLookup.Answer.NotAvro(String what) ->
          throw new BadRecordException(BadReason.UNSUITABLE_SCHEMA, "schema " + id + " is " + what);
      case SchemaLookup.Answer.Unknown() ->
          throw new BadRecordException(
              BadReason.UNKNOWN_SCHEMA_ID, "the registry has no schema " + id);
    };
  }
}
