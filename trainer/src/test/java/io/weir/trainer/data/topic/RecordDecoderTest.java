package io.weir.trainer.data.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.weir.trainer.data.topic.RecordDecoder.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

class RecordDecoderTest {
  private static final Schema OLD =
      SchemaBuilder.record("E").fields().requiredString("name").requiredInt("n").endRecord();
  private static final Schema NEW =
      SchemaBuilder.record("E")
          .fields()
          .requiredLong("n")
          .name("more")
          .type()
          .stringType()
          .stringDefault("none")
          .endRecord();

  private final MockSchemaRegistryClient registry =
      new MockSchemaRegistryClient() {
        @Override
        public ParsedSchema getSchemaById(int id) throws IOException, RestClientException {
          if (id == 999) {
            // As a registry says it; the mock has the code of a missing subject.
            throw new RestClientException("Schema not found", 404, 40403);
          }
          return super.getSchemaById(id);
        }
      };
  private final SchemaBook book = new SchemaBook(registry, "http://r", Duration.ZERO);
  private final RecordDecoder decoder = new RecordDecoder(book, NEW);

  @Test
  void aValueIsResolvedFromItsWritersSchema() throws Exception {
    int id = registry.register("t-value", new AvroSchema(OLD));
    GenericRecord row = row(decoder.decode(value(id, old("a", 7))));
    assertThat(row.get("n")).isEqualTo(7L);
    assertThat(row.get("more")).hasToString("none");
  }

  @Test
  void bytesBehindTheRecordAreIgnored() throws Exception {
    int id = registry.register("t-value", new AvroSchema(OLD));
    byte[] value = value(id, old("a", 7));
    assertThat(row(decoder.decode(Arrays.copyOf(value, value.length + 9))).get("n")).isEqualTo(7L);
  }

  @Test
  void whatIsNoRowHasItsReason() throws Exception {
    int id = registry.register("t-value", new AvroSchema(OLD));
    Schema strange = SchemaBuilder.record("E").fields().requiredString("n").endRecord();
    int strangeId = registry.register("u-value", new AvroSchema(strange));
    assertThat(reason(null)).isEqualTo(Reason.TOMBSTONE);
    assertThat(reason(new byte[0])).isEqualTo(Reason.EMPTY);
    assertThat(reason(new byte[] {'{', '}', 1, 2, 3, 4})).isEqualTo(Reason.NO_MAGIC_BYTE);
    assertThat(reason(new byte[] {0, 0, 0})).isEqualTo(Reason.NO_SCHEMA_ID);
    assertThat(reason(value(999, old("a", 7)))).isEqualTo(Reason.UNKNOWN_SCHEMA_ID);
    assertThat(reason(value(strangeId, new byte[] {2, 'x'}))).isEqualTo(Reason.UNSUITABLE_SCHEMA);
    assertThat(reason(value(id, new byte[] {2}))).isEqualTo(Reason.DAMAGED);
  }

  @Test
  void aLengthOfTwoGibibytesTakesNoMemory() throws Exception {
    int id = registry.register("t-value", new AvroSchema(OLD));
    byte[] huge = value(id, new byte[] {(byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 15});
    assertThat(reason(huge)).isEqualTo(Reason.DAMAGED);
  }

  @Test
  void endlessNestingIsDamage() throws Exception {
    Schema list =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "L", "fields": [{"name": "next", "type": ["L", "null"]}]}
                """);
    int id = registry.register("l-value", new AvroSchema(list));
    RecordDecoder lists = new RecordDecoder(book, list);
    assertThat(lists.decode(value(id, new byte[1_000_000])))
        .isEqualTo(new Outcome.Bad(Reason.DAMAGED));
  }

  private Reason reason(byte[] value) {
    return ((Outcome.Bad) decoder.decode(value)).reason();
  }

  private static GenericRecord row(Outcome outcome) {
    return ((Outcome.Row) outcome).record();
  }

  private static byte[] value(int id, byte[] record) {
    return ByteBuffer.allocate(5 + record.length).put((byte) 0).putInt(id).put(record).array();
  }

  private static byte[] old(String name, int n) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(OLD)
        .write(new GenericRecordBuilder(OLD).set("name", name).set("n", n).build(), encoder);
    return bytes.toByteArray();
  }
}
