package io.weir.trainer.data.topic;

import io.weir.trainer.data.topic.SchemaBook.Answer;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/// Values in Confluent's wire format (a zero byte, the schema id as a big-endian int, the Avro
/// record), resolved to one schema. For one thread.
final class RecordDecoder {
  private static final int HEADER = 5;

  private final SchemaBook book;
  private final Schema target;
  private final Map<Integer, Writer> writers = new HashMap<>();
  private BinaryDecoder decoder;
  private GenericRecord reused;

  private record Writer(Answer answer, GenericDatumReader<GenericRecord> reader) {}

  /// What became of a value.
  sealed interface Outcome {
    /// @param record valid until the next value is decoded
    record Row(int schemaId, GenericRecord record) implements Outcome {}

    record Bad(Reason reason) implements Outcome {}
  }

  /// @param target what values are resolved to
  RecordDecoder(SchemaBook book, Schema target) {
    this.book = book;
    this.target = target;
  }

  /// Decodes a value. Bytes behind the record are ignored, as the official deserializer does.
  ///
  /// @param value null for a tombstone
  /// @throws io.weir.trainer.data.ask.DataException where the registry does not answer
  Outcome decode(byte[] value) {
    if (value == null) {
      return new Outcome.Bad(Reason.TOMBSTONE);
    }
    if (value.length == 0) {
      return new Outcome.Bad(Reason.EMPTY);
    }
    if (value[0] != 0) {
      return new Outcome.Bad(Reason.NO_MAGIC_BYTE);
    }
    if (value.length < HEADER) {
      return new Outcome.Bad(Reason.NO_SCHEMA_ID);
    }
    int id =
        (value[1] & 0xff) << 24
            | (value[2] & 0xff) << 16
            | (value[3] & 0xff) << 8
            | value[4] & 0xff;
    Writer writer = writers.computeIfAbsent(id, this::writer);
    return switch (writer.answer) {
      case Answer.Known(Schema schema) -> decode(id, schema, writer.reader, value);
      case Answer.Unknown() -> new Outcome.Bad(Reason.UNKNOWN_SCHEMA_ID);
      case Answer.NotAvro() -> new Outcome.Bad(Reason.UNSUITABLE_SCHEMA);
    };
  }

  private Writer writer(int id) {
    Answer answer = book.byId(id);
    return new Writer(
        answer,
        answer instanceof Answer.Known(Schema schema)
            ? new GenericDatumReader<>(schema, target)
            : null);
  }

  private Outcome decode(
      int id, Schema schema, GenericDatumReader<GenericRecord> reader, byte[] value) {
    try {
      // Walked through first, which stores nothing: Avro would make room for any length that
      // damaged bytes tell.
      GenericDatumReader.skip(schema, over(value));
    } catch (IOException | RuntimeException | StackOverflowError _) {
      return new Outcome.Bad(Reason.DAMAGED);
    }
    try {
      reused = reader.read(reused, over(value));
      return new Outcome.Row(id, reused);
    } catch (AvroTypeException _) {
      return new Outcome.Bad(Reason.UNSUITABLE_SCHEMA);
    } catch (IOException | RuntimeException _) {
      return new Outcome.Bad(Reason.DAMAGED);
    }
  }

  private BinaryDecoder over(byte[] value) {
    decoder = DecoderFactory.get().binaryDecoder(value, HEADER, value.length - HEADER, decoder);
    return decoder;
  }
}
