package io.weir.benchmarks.stream;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.weir.local.LocalBroker;
import io.weir.local.LocalRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// The broker and the registry that the runs share, in this JVM.
final class BenchmarkCluster implements AutoCloseable {
  private static final int PARTITIONS = WindowEvents.PARTITIONS;
  private static final Duration POLL = Duration.ofSeconds(1);

  private final LocalBroker broker;
  private final LocalRegistry registry;

  BenchmarkCluster(Path directory) throws IOException {
    broker = LocalBroker.start(directory);
    registry = LocalRegistry.start(0);
  }

  String bootstrapServers() {
    return broker.bootstrapServers();
  }

  String registryUrl() {
    return registry.url();
  }

  /// A topic of one partition.
  void createOutput(String topic) {
    broker.createTopic(topic, 1);
  }

  /// A topic that holds the first `count` events of a source.
  void createInput(String topic, BenchmarkEvents source, long count)
      throws IOException, RestClientException {
    createInput(
        topic,
        count,
        (index, schema) ->
            new ProducerRecord<>(
                topic, (int) (index % PARTITIONS), null, source.encode(index, schema)));
  }

  /// A topic that holds the first `count` events of a source with their keys.
  void createKeyedInput(String topic, WindowEvents source, long count)
      throws IOException, RestClientException {
    createInput(
        topic,
        count,
        (index, schema) -> {
          int key = source.keyOf(index);
          return new ProducerRecord<>(
              topic,
              WindowEvents.partition(key),
              WindowEvents.key(key),
              source.events().encode(index, schema));
        });
  }

  private interface Input {
    ProducerRecord<byte[], byte[]> record(long index, int schemaId) throws IOException;
  }

  private void createInput(String topic, long count, Input input)
      throws IOException, RestClientException {
    int schemaId;
    try (CachedSchemaRegistryClient client = new CachedSchemaRegistryClient(registry.url(), 10)) {
      schemaId = client.register(topic + "-value", new AvroSchema(BenchmarkEvents.SCHEMA));
    }
    broker.createTopic(topic, PARTITIONS);
    Map<String, Object> settings =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            broker.bootstrapServers(),
            ProducerConfig.LINGER_MS_CONFIG,
            20,
            ProducerConfig.BATCH_SIZE_CONFIG,
            131_072);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (long index = 0; index < count; index++) {
        producer.send(input.record(index, schemaId));
      }
    }
  }

  /// The committed records of a topic of one partition.
  long count(String topic) {
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            broker.bootstrapServers(),
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed");
    TopicPartition partition = new TopicPartition(topic, 0);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      long count = 0;
      while (consumer.position(partition) < end) {
        count += consumer.poll(POLL).count();
      }
      return count;
    }
  }

  @Override
  public void close() {
    registry.close();
    broker.close();
  }
}
