package io.weir.streams;

import io.weir.streams.config.ClientSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Kafka's clients of commands that read the topics of a running processor.
final class TopicClients {
  private TopicClients() {}

  /// A consumer of bytes, `read_committed`, that commits nothing by itself and creates no topic.
  ///
  /// @param more settings, which win
  static Consumer<byte[], byte[]> consumer(ClientSettings settings, Map<String, Object> more) {
    Map<String, Object> configs = new HashMap<>(settings.consumer());
    configs.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    configs.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    configs.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    configs.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    configs.put(
        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
        Math.toIntExact(settings.startTimeout().toMillis()));
    configs.putAll(more);
    return new KafkaConsumer<>(configs, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /// What is wrong if a topic is not there; empty if it is.
  ///
  /// @param setting that names it
  static Optional<String> missing(Consumer<?, ?> consumer, String topic, String setting) {
    List<?> partitions = consumer.partitionsFor(topic);
    return partitions == null || partitions.isEmpty()
        ? Optional.of("There is no topic %s: check %s".formatted(topic, setting))
        : Optional.empty();
  }

  /// Why brokers cannot be read from, in one line.
  static String trouble(ClientSettings settings, KafkaException e) {
    String brokers = "bootstrap.servers = " + settings.bootstrapServers();
    if (e instanceof TimeoutException) {
      return "No broker answered at %s within %d ms: check the address, that the brokers run, and security.protocol"
          .formatted(brokers, settings.startTimeout().toMillis());
    }
    Throwable cause = e.getCause();
    return brokers
        + ": "
        + e.getMessage()
        + (cause == null || cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")");
  }
}
