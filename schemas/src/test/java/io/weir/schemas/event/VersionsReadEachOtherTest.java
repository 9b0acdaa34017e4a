package io.weir.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.ResolvingDecoder;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Bytes of every version of the alert, read by consumers of every version.
class VersionsReadEachOtherTest {
  private static final Path AVRO = Path.of(System.getProperty("basedir", "."), "src/main/avro");

  /// A consumer of one version and the bytes of another.
  record Pair(String writer, String reader) {}

  static List<Pair> pairs() throws IOException {
    List<String> versions = versions();
    return versions.stream()
        .flatMap(writer -> versions.stream().map(reader -> new Pair(writer, reader)))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void aConsumerReadsEveryFieldThatItKnows(Pair pair) throws IOException {
    Schema writer = schema(pair.writer());
    Schema reader = schema(pair.reader());
    Random random = new Random(7);
    for (int i = 0; i < 50; i++) {
      GenericRecord written = (GenericRecord) value(writer, random, i == 0);
      BinaryDecoder bytes = DecoderFactory.get().binaryDecoder(bytes(written), null);
      ResolvingDecoder resolved = DecoderFactory.get().resolvingDecoder(writer, reader, bytes);

      GenericRecord read = new GenericDatumReader<GenericRecord>(reader).read(null, resolved);
      resolved.drain();

      assertThat(bytes.isEnd()).as("all bytes are taken").isTrue();
      assertThat(read).isEqualTo(expected(written, reader));
    }
  }

  @Test
  void theGeneratedClassReadsTheFirstVersion() throws IOException {
    TrustedEvents.trust();
    GenericRecord written = (GenericRecord) value(schema("released/alert-1"), new Random(3), true);
    Alert alert =
        new SpecificDatumReader<Alert>(written.getSchema(), Alert.getClassSchema())
            .read(null, DecoderFactory.get().binaryDecoder(bytes(written), null));

    assertThat(alert.getId()).isEqualTo(written.get("id").toString());
    assertThat(alert.getKey()).isEqualTo(written.get("key"));
    assertThat(alert.getEventTime().toEpochMilli()).isEqualTo(written.get("event_time"));
    assertThat(alert.getFeatures()).hasSameSizeAs((List<?>) written.get("features"));
    assertThat(alert.getSentence()).isEmpty();
    assertThat(alert.getIncident()).isNull();
    assertThat(alert.getWindowEvents()).isEqualTo(1);
  }

  /// Every version that there was, and the current one: `alert`, `released/alert-1`, ...
  private static List<String> versions() throws IOException {
    List<String> versions = new ArrayList<>(List.of("alert"));
    try (Stream<Path> files = Files.list(AVRO.resolve("released"))) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("alert-\\d+\\.avsc"))
          .sorted()
          .forEach(name -> versions.add("released/" + name.replace(".avsc", "")));
    }
    assertThat(versions).hasSizeGreaterThanOrEqualTo(4);
    return versions;
  }

  private static Schema schema(String version) throws IOException {
    return new Schema.Parser().parse(Files.readString(AVRO.resolve(version + ".avsc")));
  }

  private static byte[] bytes(GenericRecord record) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  /// What a consumer of a version must find: what was written, and defaults for what was not. A
  /// naive twin of Avro's own resolution.
  private static Object expected(Object written, Schema reader) {
    return switch (reader.getType()) {
      case RECORD -> {
        GenericRecord from = (GenericRecord) written;
        GenericRecord to = new GenericData.Record(reader);
        for (Schema.Field field : reader.getFields()) {
          Schema.Field same = from.getSchema().getField(field.name());
          to.put(
              field.pos(),
              same == null
                  ? GenericData.get().getDefaultValue(field)
                  : expected(from.get(same.pos()), field.schema()));
        }
        yield to;
      }
      case ARRAY -> {
        GenericData.Array<Object> items = new GenericData.Array<>(0, reader);
        ((List<?>) written).forEach(item -> items.add(expected(item, reader.getElementType())));
        yield items;
      }
      case UNION -> written == null ? null : expected(written, other(reader));
      default -> written;
    };
  }

  /// A value of the schema, never the default of the field.
  ///
  /// @param full whether optional values are there; they may be, otherwise
  private static Object value(Schema schema, Random random, boolean full) {
    return switch (schema.getType()) {
      case RECORD -> {
        GenericRecord record = new GenericData.Record(schema);
        schema
            .getFields()
            .forEach(field -> record.put(field.pos(), value(field.schema(), random, full)));
        yield record;
      }
      case ARRAY -> {
        GenericData.Array<Object> items = new GenericData.Array<>(0, schema);
        int count = full ? 3 : random.nextInt(5);
        for (int i = 0; i < count; i++) {
          items.add(value(schema.getElementType(), random, full));
        }
        yield items;
      }
      case UNION -> full || random.nextBoolean() ? value(other(schema), random, full) : null;
      case STRING -> new Utf8("Zürich " + Long.toHexString(random.nextLong()));
      case BYTES ->
          ByteBuffer.wrap(Long.toHexString(random.nextLong()).getBytes(StandardCharsets.US_ASCII));
      case INT -> random.nextInt(2, 1_000_000);
      case LONG -> random.nextLong(2, Long.MAX_VALUE);
      case FLOAT -> 1 + random.nextFloat();
      case DOUBLE -> 1 + random.nextDouble();
      default -> throw new AssertionError("No alert has a " + schema);
    };
  }

  /// Of a nullable type, the one that is not null.
  private static Schema other(Schema union) {
    return union.getTypes().stream()
        .filter(type -> type.getType() != Schema.Type.NULL)
        .findFirst()
        .orElseThrow();
  }
}
