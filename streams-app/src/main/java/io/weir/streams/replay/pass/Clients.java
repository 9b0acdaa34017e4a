package io.weir.streams.replay.pass;

import io.weir.streams.config.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;

/// Consumers that read as those of the live application do, and join no group; producers of
/// transactions.
final class Clients {
  /// What would make a consumer a member of a group, or let it go elsewhere than it is told.
  private static final List<String> OF_GROUPS =
      List.of(
          ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
          ConsumerConfig.GROUP_PROTOCOL_CONFIG,
          ConsumerConfig.GROUP_REMOTE_ASSIGNOR_CONFIG,
          ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG);

  /// An event may wait for the registry within a transaction, and a slow replay takes its time.
  private static final Duration SPARE = Duration.ofMinutes(1);

  private final Map<String, Object> streams;
  private final String name;
  private final Duration outageMax;

  /// @param exactlyOnce whether the live application commits outputs and offsets together
  /// @param name of the replay's group
  Clients(Settings settings, boolean exactlyOnce, String name) {
    this.streams = new HashMap<>(settings.kafka());
    if (exactlyOnce) {
      streams.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    }
    this.name = name;
    this.outageMax = settings.registry().outageMax();
  }

  /// Whether records of aborted and open transactions are read.
  IsolationLevel isolation() {
    return String.valueOf(consumerConfigs(0).get(ConsumerConfig.ISOLATION_LEVEL_CONFIG))
            .equalsIgnoreCase("read_committed")
        ? IsolationLevel.READ_COMMITTED
        : IsolationLevel.READ_UNCOMMITTED;
  }

  /// A consumer for one thread.
  Consumer<byte[], byte[]> consumer(int thread) {
    return new KafkaConsumer<>(
        consumerConfigs(thread), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private Map<String, Object> consumerConfigs(int thread) {
    String client = name + "-" + thread;
    Map<String, Object> configs =
        new HashMap<>(new StreamsConfig(streams).getMainConsumerConfigs(name, client, thread));
    OF_GROUPS.forEach(configs::remove);
    // It never joins the group: its partitions are assigned. Transactions commit for it.
    configs.put(ConsumerConfig.GROUP_ID_CONFIG, name);
    configs.put(ConsumerConfig.CLIENT_ID_CONFIG, client);
    configs.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    // Records that are gone are to be told, not passed over.
    configs.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    configs.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return configs;
  }

  /// A producer of transactions.
  Producer<byte[], byte[]> producer(String transactionalId) {
    Map<String, Object> configs =
        new HashMap<>(new StreamsConfig(streams).getProducerConfigs(transactionalId));
    configs.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    configs.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    configs.put(ProducerConfig.ACKS_CONFIG, "all");
    configs.putIfAbsent(
        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
        Math.toIntExact(Math.min(900_000, outageMax.plus(SPARE).toMillis())));
    return new KafkaProducer<>(configs, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
