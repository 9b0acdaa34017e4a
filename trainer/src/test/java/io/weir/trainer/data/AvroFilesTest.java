package io.weir.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.schemas.features.Cycle;
import io.weir.schemas.features.DecodeStatus;
import io.weir.schemas.features.FeatureProgram;
import io.weir.schemas.features.FeatureSpec;
import io.weir.schemas.features.FeatureSpec.Category;
import io.weir.schemas.features.FeatureSpec.CyclicTime;
import io.weir.schemas.features.FeatureSpec.Flag;
import io.weir.schemas.features.FeatureSpec.Numeric;
import io.weir.trainer.data.ask.DataException;
import io.weir.trainer.data.ask.DataRequest;
import io.weir.trainer.data.features.ColumnReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Avro container files.
class AvroFilesTest {
  private static final Schema PAYMENT =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Payment", "fields": [
                {"name": "amount", "type": {"type": "bytes", "logicalType": "decimal",
                  "precision": 12, "scale": 2}},
                {"name": "speed", "type": ["null", "float"]},
                {"name": "count", "type": "long"},
                {"name": "online", "type": "boolean"},
                {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                {"name": "card", "type": ["null", {"type": "record", "name": "Card", "fields": [
                  {"name": "country", "type": "string"},
                  {"name": "kind", "type": {"type": "enum", "name": "Kind",
                    "symbols": ["DEBIT", "CREDIT"]}}]}]},
                {"name": "tags", "type": {"type": "array", "items": "string"}},
                {"name": "extra", "type": {"type": "map", "values": "int"}},
                {"name": "either", "type": ["int", "string"]}]}
              """);

  @TempDir Path directory;

  @Test
  void everyTypeBecomesItsFeature() {
    Dataset data =
        DataReader.infer(DataRequest.of(payments("r.avro", 20, CodecFactory.nullCodec())));
    assertThat(data.features())
        .containsExactly(
            new Numeric("amount", "amount", false),
            new Numeric("speed", "speed", true),
            new Numeric("count", "count", false),
            new Flag("online", "online", false),
            new CyclicTime("at@time_of_day", "at", false, Cycle.TIME_OF_DAY),
            new CyclicTime("at@day_of_week", "at", false, Cycle.DAY_OF_WEEK),
            new Category("card.country", "card.country", true, List.of("CH", "DE")),
            new Category("card.kind", "card.kind", true, List.of("CREDIT", "DEBIT")));
    assertThat(Arrays.copyOf(data.values(), 16))
        .containsExactly(
            new float[] {
              0.01f,
              Float.NaN,
              0,
              1,
              0,
              6 * 86_400,
              Float.NaN,
              Float.NaN,
              1.01f,
              0.5f,
              1,
              0,
              3_600,
              3_600,
              0,
              0
            });
    assertThat(data.columns())
        .contains(
            new ColumnReport("tags", "VARCHAR[]", "left out", "a VARCHAR[] is no single value"),
            new ColumnReport("either", "BLOB", "left out", "a BLOB is no single value"));
    assertThat(data.sources().getFirst().kind()).isEqualTo("avro");
  }

  @Test
  void aRowHasTheBitsThatTheSameRecordHasAsAnEvent() throws Exception {
    String file = payments("r.avro", 60, CodecFactory.nullCodec());
    List<FeatureSpec> features = DataReader.infer(DataRequest.of(file)).features();
    float[] rows = DataReader.bind(DataRequest.of(file), features).values();

    FeatureProgram program = FeatureProgram.compile(PAYMENT, null, features);
    float[] events = new float[rows.length];
    for (int row = 0; row < 60; row++) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
      new GenericDatumWriter<GenericRecord>(PAYMENT).write(payment(row), encoder);
      encoder.flush();
      assertThat(
              program.decode(bytes.toByteArray(), 0, bytes.size(), events, row * features.size()))
          .isEqualTo(DecodeStatus.OK);
    }
    assertThat(rows).containsExactly(events);
  }

  @Test
  void filtersWorkOnNestedFieldsToo() {
    DataRequest request = DataRequest.of(payments("r.avro", 20, CodecFactory.deflateCodec(6)));
    Dataset data =
        DataReader.infer(
            request.withSource(
                request.source().withWhere("\"card.country\" = 'DE' AND count < 9")));
    assertThat(data.rowNumbers()).containsExactly(2, 4, 6, 8);
  }

  @Test
  void theUsualCompressionsAreRead() {
    for (CodecFactory codec :
        List.of(
            CodecFactory.deflateCodec(6),
            CodecFactory.snappyCodec(),
            CodecFactory.zstandardCodec(3))) {
      assertThat(DataReader.infer(DataRequest.of(payments("r.avro", 10, codec))).rows())
          .as(codec.toString())
          .isEqualTo(10);
    }
  }

  @Test
  void filesOfADirectoryAreReadByTheSchemaOfTheFirst() {
    payments("a.avro", 3, CodecFactory.nullCodec());
    Schema other = SchemaBuilder.record("Payment").fields().requiredString("count").endRecord();
    assertThat(DataReader.infer(DataRequest.of(directory.toString())).rows()).isEqualTo(3);
    write(
        directory.resolve("b.avro"),
        other,
        CodecFactory.nullCodec(),
        List.of(new GenericRecordBuilder(other).set("count", "x").build()));
    assertThatThrownBy(() -> DataReader.infer(DataRequest.of(directory.toString())))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("b.avro")
        .hasMessageContaining("cannot be read as Avro");
  }

  @Test
  void aDamagedFileIsRefused() throws IOException {
    Path file = Path.of(payments("r.avro", 1_000, CodecFactory.nullCodec()));
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 20));
    assertThatThrownBy(() -> DataReader.infer(DataRequest.of(file.toString())))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("r.avro (row ")
        .hasMessageContaining("cannot be read as Avro");
  }

  @Test
  void aFileWithoutRowsIsRefused() {
    assertThatThrownBy(
            () -> DataReader.infer(DataRequest.of(payments("r.avro", 0, CodecFactory.nullCodec()))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("has columns but no rows");
  }

  private String payments(String name, int rows, CodecFactory codec) {
    List<GenericRecord> records =
        java.util.stream.IntStream.range(0, rows).mapToObj(AvroFilesTest::payment).toList();
    return write(directory.resolve(name), PAYMENT, codec, records);
  }

  private static GenericRecord payment(int i) {
    Schema card = PAYMENT.getField("card").schema().getTypes().get(1);
    GenericRecord owner =
        new GenericRecordBuilder(card)
            .set("country", i % 2 == 0 ? "DE" : "CH")
            .set(
                "kind",
                new GenericData.EnumSymbol(
                    card.getField("kind").schema(), i % 3 == 0 ? "DEBIT" : "CREDIT"))
            .build();
    return new GenericRecordBuilder(PAYMENT)
        .set("amount", ByteBuffer.wrap(java.math.BigInteger.valueOf(i * 100L + 1).toByteArray()))
        .set("speed", i == 0 ? null : i / 2f)
        .set("count", (long) i)
        .set("online", i % 2 == 0)
        .set(
            "at",
            Instant.parse("2026-03-01T00:00:00Z").toEpochMilli() + i * (86_400_000L + 3_600_000L))
        .set("card", i == 0 ? null : owner)
        .set("tags", List.of("x"))
        .set("extra", Map.of("k", 1))
        .set("either", "text")
        .build();
  }

  private static String write(
      Path file, Schema schema, CodecFactory codec, List<GenericRecord> records) {
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
      writer.setCodec(codec).create(schema, file.toFile());
      for (GenericRecord record : records) {
        writer.append(record);
      }
      return file.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
