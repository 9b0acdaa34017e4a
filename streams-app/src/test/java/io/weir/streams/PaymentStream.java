package io.weir.streams;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroDeserializerConfig;
import io.weir.local.LocalRegistry;
import io.weir.streams.config.SettingSources;
import io.weir.streams.config.Settings;
import io.weir.streams.decode.RegistryClients;
import io.weir.streams.fixture.Payments;
import io.weir.streams.fixture.TinyModel;
import io.weir.streams.ops.StartRefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/// The whole pipeline over the topic `payments`, with a real registry and the test driver of Kafka
/// Streams for a broker.
final class PaymentStream implements AutoCloseable {
  final LocalRegistry registry;
  final SchemaRegistryClient client;
  final int paymentSchema;
  final Pipeline pipeline;
  private final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> payments;

  PaymentStream(Path directory, Map<String, String> more)
      throws IOException, RestClientException, StartRefusedException {
    this(TinyModel.write(directory), more, Instant.EPOCH);
  }

  /// With another model.
  ///
  /// @param start wall-clock time, which does not pass by itself
  PaymentStream(Path model, Map<String, String> more, Instant start)
      throws IOException, RestClientException, StartRefusedException {
    registry = LocalRegistry.start(0);
    client = RegistryClients.open(List.of(registry.url()), Map.of());
    paymentSchema = client.register("payments-value", new AvroSchema(Payments.SCHEMA));
    pipeline = Pipeline.open(settings(model, registry.url(), more));
    Properties properties = new Properties();
    properties.putAll(pipeline.streamsProperties());
    driver = new TopologyTestDriver(pipeline.topology(), properties, start);
    payments = input("payments");
  }

  TestInputTopic<byte[], byte[]> input(String topic) {
    return driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
  }

  static Settings settings(Path model, String registryUrl, Map<String, String> more) {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "application.id", "weir-test",
                "bootstrap.servers", "unused:1",
                "weir.input.topics", "payments",
                "weir.scores.topic", "weir-scores",
                "weir.model.file", model.toString(),
                "weir.start.timeout.ms", "1000",
                "weir.schema.registry.url", registryUrl));
    settings.putAll(more);
    return new SettingSources().flags(settings).settings();
  }

  void pipe(GenericRecord payment) {
    pipe(null, Payments.bytes(paymentSchema, payment));
  }

  void pipe(byte[] key, byte[] value) {
    payments.pipeInput(key, value);
  }

  /// Lets wall-clock time pass.
  void pass(Duration time) {
    driver.advanceWallClockTime(time);
  }

  KeyValueStore<byte[], byte[]> store(String name) {
    return driver.getKeyValueStore(name);
  }

  void pipe(TestRecord<byte[], byte[]> record) {
    payments.pipeInput(record);
  }

  TestOutputTopic<byte[], byte[]> output(String topic) {
    return driver.createOutputTopic(
        topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /// Read by the official deserializer.
  List<TestRecord<byte[], Object>> records(String topic) {
    KafkaAvroDeserializer values = new KafkaAvroDeserializer(client);
    values.configure(
        Map.of(
            KafkaAvroDeserializerConfig.SPECIFIC_AVRO_READER_CONFIG,
            "true",
            "schema.registry.url",
            registry.url()),
        false);
    return driver.createOutputTopic(topic, new ByteArrayDeserializer(), values).readRecordsToList();
  }

  @Override
  public void close() throws IOException {
    driver.close();
    pipeline.close();
    client.close();
    registry.close();
  }
}
