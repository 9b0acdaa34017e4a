package io.weir.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.weir.schemas.event.Score;
import io.weir.streams.fixture.Payments;
import io.weir.streams.ops.StartRefusedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Events of other writer schemas than the first one, and the reader schema.
class EventSchemasTest {
  @TempDir Path directory;

  @Test
  void aSchemaThatComesLaterIsLearntOnTheWay() throws Exception {
    try (PaymentStream stream = new PaymentStream(directory, Map.of())) {
      stream.pipe(Payments.of("a", 20));
      Schema wider =
          new Schema.Parser()
              .parse(
                  Payments.SCHEMA
                      .toString()
                      .replace(
                          "\"fields\":[",
                          "\"fields\":[{\"name\":\"shop\",\"type\":\"string\",\"default\":\"\"},"));
      int id = stream.client.register("payments-value", new AvroSchema(wider));
      GenericRecord payment = new GenericData.Record(wider);
      Payments.of("b", 20)
          .getSchema()
          .getFields()
          .forEach(f -> payment.put(f.name(), Payments.of("b", 20).get(f.name())));
      payment.put("shop", "corner");
      stream.pipe(null, Payments.bytes(id, payment));
      List<TestRecord<byte[], Object>> scores = stream.records("weir-scores");
      assertThat(((Score) scores.get(1).value()).getScore())
          .isEqualTo(((Score) scores.get(0).value()).getScore());
    }
  }

  @Test
  void aReaderSchemaSuppliesWhatTheWriterLacks() throws Exception {
    Path reader =
        Files.writeString(
            directory.resolve("payment.avsc"),
            Payments.SCHEMA
                .toString()
                .replace(
                    "{\"name\":\"amount\",\"type\":\"double\"}",
                    "{\"name\":\"amount\",\"type\":\"double\",\"default\":20}"));
    Schema writer =
        new Schema.Parser()
            .parse(
                Payments.SCHEMA
                    .toString()
                    .replace("{\"name\":\"amount\",\"type\":\"double\"},", ""));
    try (PaymentStream stream =
        new PaymentStream(directory, Map.of("weir.input.reader.schema", reader.toString()))) {
      GenericRecord payment = new GenericData.Record(writer);
      GenericRecord whole = Payments.of("a", 20);
      writer.getFields().forEach(field -> payment.put(field.name(), whole.get(field.name())));
      stream.pipe(
          null,
          Payments.bytes(stream.client.register("short-value", new AvroSchema(writer)), payment));
      stream.pipe(whole);
      List<TestRecord<byte[], Object>> scores = stream.records("weir-scores");
      assertThat(((Score) scores.get(0).value()).getScore())
          .isEqualTo(((Score) scores.get(1).value()).getScore());
    }
  }

  @Test
  void aReaderSchemaThatIsNoneIsRefused() throws Exception {
    Path broken = Files.writeString(directory.resolve("broken.avsc"), "{\"type\": \"rekord\"}");
    assertThatThrownBy(
            () ->
                new PaymentStream(directory, Map.of("weir.input.reader.schema", broken.toString())))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("weir.input.reader.schema = " + broken);
  }
}
