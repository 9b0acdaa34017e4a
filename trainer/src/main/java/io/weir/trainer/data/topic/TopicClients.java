package io.weir.trainer.data.topic;

import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Makes the official clients, which the caller closes.
final class TopicClients {
  private static final int CACHED_SCHEMAS = 10_000;

  /// The registry client's own defaults would keep people waiting for minutes in silence.
  private static final Map<String, String> REGISTRY_PATIENCE =
      Map.of(
          "http.connect.timeout.ms", "5000", "http.read.timeout.ms", "10000", "max.retries", "0");

  /// What both Kafka clients start from; the file of the settings may say otherwise.
  private static final Map<String, Object> PATIENCE =
      Map.of(
          CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG,
          30_000,
          CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG,
          15_000,
          CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG,
          500L,
          CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG,
          1_000L);

  /// At most so many bytes wait in each consumer, twice: what is worked on, and what is next.
  private static final Map<String, Object> FETCHES =
      Map.of(
          ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
          4 << 20,
          ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
          4 << 20,
          ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
          5_000);

  private final Connection connection;

  TopicClients(Connection connection) {
    this.connection = connection;
  }

  Admin admin() {
    Map<String, Object> configs = new HashMap<>(PATIENCE);
    connection.kafka().entrySet().stream()
        .filter(e -> !ConsumerConfig.configNames().contains(e.getKey()) || isAdmin(e.getKey()))
        .forEach(e -> configs.put(e.getKey(), e.getValue()));
    configs.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, connection.bootstrap());
    return Admin.create(configs);
  }

  private static boolean isAdmin(String key) {
    return AdminClientConfig.configNames().contains(key);
  }

  /// A consumer of committed records, without a group: it neither knows nor leaves any trace of how
  /// far somebody read.
  KafkaConsumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        consumerConfigs(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private Map<String, Object> consumerConfigs() {
    Map<String, Object> configs = new HashMap<>(PATIENCE);
    configs.putAll(FETCHES);
    configs.putAll(connection.kafka());
    configs.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, connection.bootstrap());
    configs.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    configs.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    configs.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    configs.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return configs;
  }

  /// How long brokers may give nothing.
  Duration patience() {
    Object ms = consumerConfigs().get(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG);
    return Duration.ofMillis(Long.parseLong(ms.toString().strip()));
  }

  SchemaRegistryClient registry() {
    Map<String, String> configs = new HashMap<>(REGISTRY_PATIENCE);
    configs.putAll(connection.registry());
    return SchemaRegistryClientFactory.newClient(
        connection.registries(),
        CACHED_SCHEMAS,
        List.of(new AvroSchemaProvider()),
        configs,
        Map.of());
  }
}
