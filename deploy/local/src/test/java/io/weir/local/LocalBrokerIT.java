package io.weir.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LocalBrokerIT {

  @TempDir Path directory;

  @Test
  void whatAProducerSendsAConsumerGets() throws Exception {
    try (var broker = LocalBroker.start(directory)) {
      broker.createTopic("events", 3);
      send(broker, "events", "a", "b", "c");

      assertThat(consume(broker, "events", 3)).containsExactlyInAnyOrder("a", "b", "c");
      assertThat(partitions(broker, "events")).isEqualTo(3);
    }
  }

  @Test
  void aTransactionIsReadOnceItIsCommitted() throws Exception {
    try (var broker = LocalBroker.start(directory)) {
      broker.createTopic("events", 1);
      try (var producer =
          producer(
              broker.bootstrapServers(),
              Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "writer"))) {
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>("events", "given up"));
        producer.abortTransaction();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>("events", "kept"));
        producer.commitTransaction();
      }

      assertThat(consume(broker, "events", 1)).containsExactly("kept");
    }
  }

  @Test
  void dataOutlivesTheBrokerOnTheSameDirectory() throws Exception {
    try (var broker = LocalBroker.start(directory)) {
      broker.createTopic("events", 1);
      send(broker, "events", "before");
    }
    try (var broker = LocalBroker.start(directory)) {
      send(broker, "events", "after");

      assertThat(consume(broker, "events", 2)).containsExactly("before", "after");
    }
  }

  @Test
  void recordsWithOldTimeStampsAreKept() throws Exception {
    try (var broker =
        LocalBroker.start(
            directory,
            0,
            Map.of("log.retention.check.interval.ms", "100", "log.initial.task.delay.ms", "100"))) {
      broker.createTopic("history", 1);
      try (var producer = producer(broker.bootstrapServers(), Map.of())) {
        producer.send(new ProducerRecord<>("history", null, 0L, "key", "from 1970")).get();
      }
      Thread.sleep(1_000);

      assertThat(consume(broker, "history", 1)).containsExactly("from 1970");
    }
  }

  @Test
  void twoBrokersLiveInOneJvmWithoutSharingTopics() throws Exception {
    try (var left = LocalBroker.start(directory.resolve("left"));
        var right = LocalBroker.start(directory.resolve("right"))) {
      left.createTopic("events", 1);
      send(left, "events", "on the left");

      assertThat(left.bootstrapServers()).isNotEqualTo(right.bootstrapServers());
      assertThat(consume(left, "events", 1)).containsExactly("on the left");
      assertThat(topics(right)).doesNotContain("events");
    }
  }

  @Test
  void aTopicThatExistsIsNotCreatedAgain() throws Exception {
    try (var broker = LocalBroker.start(directory)) {
      broker.createTopic("events", 1);

      assertThatThrownBy(() -> broker.createTopic("events", 1))
          .isInstanceOf(TopicExistsException.class);
    }
  }

  @Test
  void itListensOnTheWishedPortOfTheLoopbackAddressOnly() throws Exception {
    int port = LoopbackPorts.choose(0, 0).broker();
    try (var broker = LocalBroker.start(directory, port)) {
      assertThat(broker.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
      // Every other address of this machine still has the port to give.
      try (var elsewhere = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.2"))) {
        assertThat(elsewhere.isBound()).isTrue();
      }
    }
  }

  @Test
  void dataOutlivesABrokerThatWasKilledAndStartedAgainAtItsOldPort() throws Exception {
    try (var broker = BrokerProcess.start(directory, Map.of())) {
      String address = broker.bootstrapServers();
      broker.createTopic("events", 1);
      send(broker, "events", "before");
      broker.kill();
      broker.restart();
      send(broker, "events", "after");

      assertThat(broker.bootstrapServers()).isEqualTo(address);
      assertThat(consume(broker, "events", 2)).containsExactly("before", "after");
    }
  }

  @Test
  void closingTwiceIsClosingOnceAndTheDirectoryCanBeDeleted() throws Exception {
    var broker = LocalBroker.start(directory);
    broker.createTopic("events", 1);
    broker.close();
    broker.close();

    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    assertThat(directory).doesNotExist();
  }

  @Test
  void aDirectoryInUseIsRefusedAndItsBrokerLivesOn() throws Exception {
    try (var broker = LocalBroker.start(directory)) {
      assertThatThrownBy(() -> LocalBroker.start(directory))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "The directory %s is in use by a running broker. Close it first or choose another directory."
                  .formatted(directory));

      broker.createTopic("events", 1);
      assertThat(topics(broker)).contains("events");
    }
  }

  private static KafkaProducer<String, String> producer(
      String bootstrapServers, Map<String, Object> settings) {
    var all = new HashMap<String, Object>(settings);
    all.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    return new KafkaProducer<>(all, new StringSerializer(), new StringSerializer());
  }

  private static void send(Broker broker, String topic, String... values) throws Exception {
    try (var producer = producer(broker.bootstrapServers(), Map.of())) {
      for (String value : values) {
        producer.send(new ProducerRecord<>(topic, value)).get();
      }
    }
  }

  private static List<String> consume(Broker broker, String topic, int count) {
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers(),
            ConsumerConfig.GROUP_ID_CONFIG, "reader",
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
            ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    var values = new ArrayList<String>();
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of(topic));
      while (values.size() < count) {
        consumer.poll(Duration.ofSeconds(1)).forEach(record -> values.add(record.value()));
      }
      consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
    }
    return values;
  }

  private static int partitions(Broker broker, String topic) throws Exception {
    try (var admin = admin(broker)) {
      return admin
          .describeTopics(List.of(topic))
          .allTopicNames()
          .get()
          .get(topic)
          .partitions()
          .size();
    }
  }

  private static Set<String> topics(Broker broker) throws Exception {
    try (var admin = admin(broker)) {
      return admin.listTopics().names().get();
    }
  }

  private static Admin admin(Broker broker) {
    return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }
}
