package io.weir.confluent;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.security.basicauth.BasicAuthCredentialProviderFactory;
import io.confluent.kafka.schemaregistry.client.security.bearerauth.BearerAuthCredentialProviderFactory;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.Test;

class ConfluentClientTest {

  private static final String TOPIC = "payments";
  private static final Schema PAYMENT =
      SchemaBuilder.record("Payment")
          .fields()
          .requiredString("merchant")
          .requiredDouble("amount")
          .endRecord();

  private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
  private final Map<String, Object> settings = Map.of("schema.registry.url", "mock://unused");

  @Test
  void whatTheSerializerWritesTheDeserializerReads() {
    GenericRecord payment = payment("bakery", 4.2);
    try (var serializer = new KafkaAvroSerializer(registry, settings);
        var deserializer = new KafkaAvroDeserializer(registry, settings)) {
      byte[] bytes = serializer.serialize(TOPIC, payment);

      assertThat(deserializer.deserialize(TOPIC, bytes)).isEqualTo(payment);
    }
  }

  @Test
  void aRecordIsAZeroByteTheSchemaIdInFourBytesAndTheAvroBinaryEncoding() throws Exception {
    GenericRecord payment = payment("bakery", 4.2);
    try (var serializer = new KafkaAvroSerializer(registry, settings)) {
      byte[] bytes = serializer.serialize(TOPIC, payment);

      int id = registry.getLatestSchemaMetadata(TOPIC + "-value").getId();
      assertThat(bytes[0]).isZero();
      assertThat(ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt()).isEqualTo(id);
      byte[] body = Arrays.copyOfRange(bytes, 1 + Integer.BYTES, bytes.length);
      var decoder = DecoderFactory.get().binaryDecoder(body, null);
      assertThat(new GenericDatumReader<GenericRecord>(PAYMENT).read(null, decoder))
          .isEqualTo(payment);
      assertThat(decoder.isEnd()).isTrue();
    }
  }

  @Test
  void theCredentialProvidersAreFoundAsServices() throws Exception {
    var basic =
        BasicAuthCredentialProviderFactory.getBasicAuthCredentialProvider(
            "USER_INFO", Map.of("basic.auth.user.info", "weir:secret"));
    var bearer =
        BearerAuthCredentialProviderFactory.getBearerAuthCredentialProvider(
            "STATIC_TOKEN", Map.of("bearer.auth.token", "secret"));

    var url = URI.create("http://127.0.0.1:8081").toURL();
    assertThat(basic.getUserInfo(url)).isEqualTo("weir:secret");
    assertThat(bearer.getBearerToken(url)).isEqualTo("secret");
  }

  private static GenericRecord payment(String merchant, double amount) {
    GenericRecord payment = new GenericData.Record(PAYMENT);
    payment.put("merchant", new Utf8(merchant));
    payment.put("amount", amount);
    return payment;
  }
}
