package io.weir.trainer.data.topic;

import io.weir.trainer.data.ask.DataException;
import io.weir.trainer.data.topic.RecordDecoder.Outcome;
import io.weir.trainer.data.topic.SpoolState.Part;
import io.weir.trainer.data.topic.SpoolState.Tally;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// The Avro file of one partition, and where it stands. For one thread.
///
/// Rows become part of it in blocks. Only [#checkpoint()] says how long it is and which offset
/// comes next; whatever a crash leaves behind that length is cut off when the file is opened again,
/// so that no record is lost and none is there twice.
final class PartitionSpool implements AutoCloseable {
  private static final int DEFLATE_FAST = 1;

  private final Part begun;
  private final Path file;
  private final DataFileWriter<Object> writer;
  private final GenericDatumWriter<GenericRecord> values;
  private final Buffer buffer = new Buffer();
  private final TreeSet<Integer> schemaIds;
  private final Map<Reason, Tally> leftOut = new EnumMap<>(Reason.class);
  private BinaryEncoder encoder;
  private long next;
  private long rows;

  /// A buffer whose bytes need no copy.
  private static final class Buffer extends ByteArrayOutputStream {
    ByteBuffer bytes() {
      return ByteBuffer.wrap(buf, 0, count);
    }
  }

  private PartitionSpool(Part begun, Path file, DataFileWriter<Object> writer, Schema values) {
    this.begun = begun;
    this.file = file;
    this.writer = writer;
    this.values = new GenericDatumWriter<>(values);
    this.schemaIds = new TreeSet<>(begun.schemaIds());
    this.leftOut.putAll(begun.leftOut());
    this.next = begun.next();
    this.rows = begun.rows();
  }

  /// Opens a partition's file where it stands.
  ///
  /// @param values the reader schema
  /// @param rows its fields and those of the record
  /// @throws DataException where the file is shorter than it was
  static PartitionSpool open(Path file, Part part, Schema values, Schema rows) throws IOException {
    DataFileWriter<Object> writer = new DataFileWriter<>(new GenericDatumWriter<>(rows));
    try {
      if (part.bytes() == 0) {
        writer.setCodec(CodecFactory.deflateCodec(DEFLATE_FAST));
        writer.create(rows, file.toFile());
      } else {
        cut(file, part.bytes());
        writer.appendTo(file.toFile());
      }
      return new PartitionSpool(part, file, writer, values);
    } catch (IOException | RuntimeException e) {
      writer.close();
      throw e;
    }
  }

  private static void cut(Path file, long bytes) throws IOException {
    long found = Files.exists(file) ? Files.size(file) : 0;
    if (found < bytes) {
      throw new DataException(
          "%s has %,d bytes, %,d of them were written: somebody changed it. Delete its directory, or name another one with --spool"
              .formatted(file, found, bytes));
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(bytes);
    }
  }

  /// The offset that comes next.
  long next() {
    return next;
  }

  /// Takes a record, as a row or as one of those that give none.
  void add(ConsumerRecord<byte[], byte[]> record, Outcome outcome) throws IOException {
    switch (outcome) {
      case Outcome.Row(int schemaId, GenericRecord row) -> {
        buffer.reset();
        encoder = EncoderFactory.get().directBinaryEncoder(buffer, encoder);
        values.write(row, encoder);
        writeOrigin(record);
        writer.appendEncoded(buffer.bytes());
        schemaIds.add(schemaId);
        rows++;
      }
      case Outcome.Bad(Reason reason) ->
          leftOut.merge(reason, new Tally(1, record.offset()), (before, _) -> before.plusOne());
    }
    next = record.offset() + 1;
  }

  /// In the order of [TopicFields#schema].
  private void writeOrigin(ConsumerRecord<byte[], byte[]> record) throws IOException {
    if (record.key() == null) {
      encoder.writeIndex(0);
      encoder.writeNull();
    } else {
      encoder.writeIndex(1);
      encoder.writeString(text(record.key()));
    }
    if (record.timestamp() < 0) {
      encoder.writeIndex(0);
      encoder.writeNull();
    } else {
      encoder.writeIndex(1);
      encoder.writeLong(record.timestamp());
    }
    encoder.writeInt(record.partition());
    encoder.writeLong(record.offset());
  }

  /// A key as text: hexadecimal digits where it is no UTF-8.
  static String text(byte[] key) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(key)).toString();
    } catch (CharacterCodingException _) {
      return HexFormat.of().formatHex(key);
    }
  }

  /// Passes over offsets that hold no record: compacted, aborted, or a mark of a transaction.
  void passTo(long offset) {
    next = Math.max(next, offset);
  }

  /// Brings all rows so far to the disk.
  ///
  /// @return where the file stands
  Part checkpoint() throws IOException {
    writer.fSync();
    return new Part(
        begun.partition(),
        begun.first(),
        begun.end(),
        next,
        Files.size(file),
        rows,
        schemaIds,
        leftOut);
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
