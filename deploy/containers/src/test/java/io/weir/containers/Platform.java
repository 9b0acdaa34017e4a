package io.weir.containers;

import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;

/// A broker and a schema registry, each out of its official image, on a network of their own.
final class Platform implements AutoCloseable {
  /// Where containers on the network find the broker.
  static final String BROKER = "broker:19092";

  /// Where containers on the network find the registry.
  static final String REGISTRY = "http://registry:8080/apis/ccompat/v7";

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Network network = Network.newNetwork();
  private final KafkaContainer broker;
  private final GenericContainer<?> registry;

  private Platform() {
    broker =
        new KafkaContainer("apache/kafka:" + System.getProperty("kafka.version"))
            .withNetwork(network)
            .withListener(BROKER)
            .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0")
            .withStartupTimeout(PATIENCE);
    registry =
        new GenericContainer<>(
                "apicurio/apicurio-registry:" + System.getProperty("apicurio.version"))
            .withNetwork(network)
            .withNetworkAliases("registry")
            .withExposedPorts(8080)
            .waitingFor(Wait.forHttp("/apis/ccompat/v7/subjects").withStartupTimeout(PATIENCE));
  }

  static Platform start() {
    Platform platform = new Platform();
    try {
      Stream.of(platform.broker, platform.registry).parallel().forEach(GenericContainer::start);
      return platform;
    } catch (RuntimeException e) {
      platform.close();
      throw e;
    }
  }

  Network network() {
    return network;
  }

  void createTopics(int partitions, String... topics) throws InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.getBootstrapServers()))) {
      admin
          .createTopics(
              Stream.of(topics).map(topic -> new NewTopic(topic, partitions, (short) 1)).toList())
          .all()
          .get();
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }

  /// @param compression of the batches, by Kafka's name for it
  KafkaProducer<String, Object> producer(String compression) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", broker.getBootstrapServers(), "compression.type", compression),
        new StringSerializer(),
        avro(new KafkaAvroSerializer()));
  }

  private KafkaAvroSerializer avro(KafkaAvroSerializer serializer) {
    serializer.configure(Map.of("schema.registry.url", registryUrl()), false);
    return serializer;
  }

  private String registryUrl() {
    return "http://%s:%d/apis/ccompat/v7"
        .formatted(registry.getHost(), registry.getMappedPort(8080));
  }

  /// All committed records of a topic from its beginning on; waits until there are enough of them
  /// and then for the time in which a repetition would come, a few minutes at most.
  List<ConsumerRecord<String, Object>> read(
      String topic, Predicate<List<ConsumerRecord<String, Object>>> enough) {
    KafkaAvroDeserializer values = new KafkaAvroDeserializer();
    values.configure(
        Map.of("schema.registry.url", registryUrl(), "specific.avro.reader", true), false);
    try (KafkaConsumer<String, Object> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                broker.getBootstrapServers(),
                "isolation.level",
                "read_committed"),
            new StringDeserializer(),
            values)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      List<ConsumerRecord<String, Object>> records = new ArrayList<>();
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!enough.test(records) && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
      long quiet = System.nanoTime() + Duration.ofSeconds(2).toNanos();
      while (System.nanoTime() < quiet) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
      return records;
    }
  }

  /// Number of records in a topic, and of markers of transactions.
  long size(String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", broker.getBootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      return consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
    }
  }

  @Override
  public void close() {
    registry.stop();
    broker.stop();
    network.close();
  }
}
