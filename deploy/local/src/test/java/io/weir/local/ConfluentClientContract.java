package io.weir.local;

import static io.weir.local.Payments.AMOUNT;
import static io.weir.local.Payments.AMOUNT_AND_DEFAULTED_COUNTRY;
import static io.weir.local.Payments.AMOUNT_AS_TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

/// The official client and serializers at work against the registry.
interface ConfluentClientContract extends RegistryUnderTest {

  @Test
  default void theOfficialClientRegistersAndFinds() throws Exception {
    String subject = RegistrySubject.fresh(url()).name();
    try (var client = new CachedSchemaRegistryClient(url(), 10);
        var other = new CachedSchemaRegistryClient(url(), 10)) {
      var schema = new AvroSchema(AMOUNT);
      int id = client.register(subject, schema);

      assertThat(other.getSchemaById(id)).isEqualTo(schema);
      assertThat(other.getId(subject, schema)).isEqualTo(id);
      assertThat(other.getVersion(subject, schema)).isEqualTo(1);
      assertThat(other.getAllVersions(subject)).containsExactly(1);
      assertThat(other.getAllSubjects()).contains(subject);
      var latest = other.getLatestSchemaMetadata(subject);
      assertThat(latest.getId()).isEqualTo(id);
      assertThat(latest.getVersion()).isEqualTo(1);
    }
  }

  @Test
  default void theOfficialClientChecksAndSetsCompatibility() throws Exception {
    String subject = RegistrySubject.fresh(url()).name();
    try (var client = new CachedSchemaRegistryClient(url(), 10)) {
      var text = new AvroSchema(AMOUNT_AS_TEXT);
      client.register(subject, new AvroSchema(AMOUNT));

      assertThat(client.testCompatibility(subject, new AvroSchema(AMOUNT_AND_DEFAULTED_COUNTRY)))
          .isTrue();
      assertThat(client.testCompatibility(subject, text)).isFalse();
      assertThatThrownBy(() -> client.register(subject, text))
          .isInstanceOfSatisfying(
              RestClientException.class, e -> assertThat(e.getErrorCode()).isEqualTo(409));
      client.updateCompatibility(subject, "NONE");
      assertThat(client.getCompatibility(subject)).isEqualTo("NONE");
      assertThat(client.testCompatibility(subject, text)).isTrue();
      client.deleteCompatibility(subject);
    }
  }

  @Test
  default void theOfficialClientUnderstandsWhatIsUnknown() throws Exception {
    String subject = RegistrySubject.fresh(url()).name();
    try (var client = new CachedSchemaRegistryClient(url(), 10)) {
      assertThatThrownBy(() -> client.getLatestSchemaMetadata(subject))
          .isInstanceOfSatisfying(
              RestClientException.class, e -> assertThat(e.getErrorCode()).isEqualTo(40401));
      assertThatThrownBy(() -> client.getSchemaById(2_000_000_000))
          .isInstanceOfSatisfying(
              RestClientException.class, e -> assertThat(e.getErrorCode()).isEqualTo(40403));
    }
  }

  @Test
  default void whatTheOfficialSerializerWritesTheOfficialDeserializerReads() throws Exception {
    String topic = topic();
    GenericRecord payment = payment();
    try (var serializer = new KafkaAvroSerializer();
        var deserializer = new KafkaAvroDeserializer()) {
      serializer.configure(settings(Map.of()), false);
      deserializer.configure(settings(Map.of()), false);
      byte[] bytes = serializer.serialize(topic, payment);

      assertThat(deserializer.deserialize(topic, bytes)).isEqualTo(payment);
      int id = ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
      assertThat(RegistrySubject.schemaIn(new RegistryHttp(url()).get("/schemas/ids/" + id).body()))
          .isEqualTo(AMOUNT);
    }
  }

  @Test
  default void aSerializerThatMayNotRegisterNeedsTheSchemaToBeThere() throws Exception {
    String topic = topic();
    try (var serializer = new KafkaAvroSerializer();
        var client = new CachedSchemaRegistryClient(url(), 10)) {
      serializer.configure(settings(Map.of("auto.register.schemas", false)), false);
      assertThatThrownBy(() -> serializer.serialize(topic, payment()))
          .isInstanceOf(SerializationException.class);

      int id = client.register(topic + "-value", new AvroSchema(AMOUNT));
      byte[] bytes = serializer.serialize(topic, payment());
      assertThat(ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt()).isEqualTo(id);
    }
  }

  private Map<String, Object> settings(Map<String, Object> more) {
    var settings = new HashMap<String, Object>(more);
    settings.put("schema.registry.url", url());
    return settings;
  }

  private String topic() {
    String subject = RegistrySubject.fresh(url()).name();
    return subject.substring(0, subject.length() - "-value".length());
  }

  private static GenericRecord payment() {
    GenericRecord payment = new GenericData.Record(AMOUNT);
    payment.put("amount", 4.2);
    return payment;
  }
}
