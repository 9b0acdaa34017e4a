package io.weir.streams.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/// What a command needs that only looks at topics of a running processor: the same settings files,
/// of which brokers, registry and topic names are read.
///
/// @param bootstrapServers `bootstrap.servers`, as text for messages
/// @param registry how to reach the schema registry
/// @param alertsTopic topic with the alerts
/// @param startTimeout how long to wait for the brokers' first answer
/// @param shutdownTimeout longest wait of an orderly end
/// @param kafka everything that is not Weir's own
/// @param warnings what looks like a mistake and is none for certain
public record ClientSettings(
    String bootstrapServers,
    Settings.Registry registry,
    String alertsTopic,
    Duration startTimeout,
    Duration shutdownTimeout,
    Map<String, String> kafka,
    List<String> warnings) {
  public ClientSettings {
    kafka = Map.copyOf(kafka);
    warnings = List.copyOf(warnings);
  }

  /// How a consumer reaches the brokers; nothing of how the processor's own consumer reads.
  public Map<String, Object> consumer() {
    return BrokerKeys.of(kafka, ConsumerConfig.configNames(), StreamsConfig.CONSUMER_PREFIX);
  }

  /// How a producer reaches the brokers.
  public Map<String, Object> producer() {
    return BrokerKeys.of(kafka, ProducerConfig.configNames(), StreamsConfig.PRODUCER_PREFIX);
  }

  /// How an admin client reaches the brokers.
  public Map<String, Object> admin() {
    return BrokerKeys.of(kafka, AdminClientConfig.configNames(), StreamsConfig.ADMIN_CLIENT_PREFIX);
  }
}
