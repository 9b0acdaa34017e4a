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
import java.util.concurrent.ExecutionException;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
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
    this(directory, Map.of());
  }

  private BenchmarkCluster(Path directory, Map<String, String> settings) throws IOException {
    broker = LocalBroker.start(directory, 0, settings);
    registry = LocalRegistry.start(0);
  }

  /// A cluster that deletes all but the last quarter of a gigabyte of each partition.
  static BenchmarkCluster keepingLittle(Path directory) throws IOException {
    return new BenchmarkCluster(
        directory,
        Map.of(
            "log.retention.bytes",
            Integer.toString(256 << 20),
            "log.segment.bytes",
            Integer.toString(32 << 20),
            "log.retention.check.interval.ms",
            "1000",
            "log.segment.delete.delay.ms",
            "1000"));
  }

  String bootstrapServers() {
    return broker.bootstrapServers();
  }

  String registryUrl() {
    return registry.url();
  }

  /// The settings that the runs share: where everything is, and output topics by a run's id.
  List<String> settings(String id) {
    return List.of(
        "application.id=" + id,
        "bootstrap.servers=" + bootstrapServers(),
        "auto.offset.reset=earliest",
        "weir.alerts.topic=alerts-" + id,
        "weir.dead.letter.topic=dead-letters-" + id,
        "weir.schema.registry.url=" + registryUrl(),
        "weir.http.port=-1");
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
        source.schema(),
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
        source.events().schema(),
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

  private void createInput(String topic, Schema schema, long count, Input input)
      throws IOException, RestClientException {
    int schemaId = createInput(topic, schema);
    try (KafkaProducer<byte[], byte[]> producer = producer(20)) {
      for (long index = 0; index < count; index++) {
        producer.send(input.record(index, schemaId));
      }
    }
  }

  /// An empty topic for the events of a source.
  ///
  /// @return the id of its schema
  int createInput(String topic, BenchmarkEvents source) throws IOException, RestClientException {
    return createInput(topic, source.schema());
  }

  private int createInput(String topic, Schema schema) throws IOException, RestClientException {
    broker.createTopic(topic, PARTITIONS);
    try (CachedSchemaRegistryClient client = new CachedSchemaRegistryClient(registry.url(), 10)) {
      return client.register(topic + "-value", new AvroSchema(schema));
    }
  }

  /// A producer that sends at once.
  KafkaProducer<byte[], byte[]> producer() {
    return producer(0);
  }

  private KafkaProducer<byte[], byte[]> producer(int lingerMillis) {
    Map<String, Object> settings =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            broker.bootstrapServers(),
            ProducerConfig.LINGER_MS_CONFIG,
            lingerMillis,
            ProducerConfig.BATCH_SIZE_CONFIG,
            131_072);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /// A consumer of all committed records of a topic of one partition.
  KafkaConsumer<byte[], byte[]> consumer(String topic) {
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            broker.bootstrapServers(),
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed");
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    TopicPartition partition = new TopicPartition(topic, 0);
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
    return consumer;
  }

  /// How many events of an input topic a group has done for good.
  long committed(Admin admin, String group, String topic)
      throws ExecutionException, InterruptedException {
    return admin
        .listConsumerGroupOffsets(group)
        .partitionsToOffsetAndMetadata()
        .get()
        .entrySet()
        .stream()
        .filter(entry -> entry.getKey().topic().equals(topic) && entry.getValue() != null)
        .mapToLong(entry -> entry.getValue().offset())
        .sum();
  }

  /// How many records were ever written to a topic of one partition, deleted ones included, without
  /// transactions.
  long written(String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(topic)) {
      return consumer.endOffsets(consumer.assignment()).values().iterator().next();
    }
  }

  /// The committed records of a topic of one partition.
  long count(String topic) {
    TopicPartition partition = new TopicPartition(topic, 0);
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(topic)) {
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
