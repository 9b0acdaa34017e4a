package io.weir.streams.redrive;

import io.weir.streams.config.Settings;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;

/// The clients of a redrive, connected as the application with these settings is.
final class RedriveClients {
  private RedriveClients() {}

  /// The group whose offsets tell what is redriven, and the id of its transactions.
  static String group(Settings settings) {
    return "weir-redrive-" + settings.deadLetterTopic();
  }

  static KafkaConsumer<byte[], byte[]> consumer(Settings settings) {
    Map<String, Object> configs =
        new StreamsConfig(settings.kafka())
            .getRestoreConsumerConfigs(settings.applicationId() + "-redrive");
    configs.put(ConsumerConfig.GROUP_ID_CONFIG, group(settings));
    configs.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    configs.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    configs.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    configs.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    int timeout = Math.toIntExact(settings.startTimeout().toMillis());
    configs.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeout);
    return new KafkaConsumer<>(configs, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  static KafkaProducer<byte[], byte[]> producer(Settings settings) {
    Map<String, Object> configs =
        new HashMap<>(
            new StreamsConfig(settings.kafka())
                .getProducerConfigs(settings.applicationId() + "-redrive"));
    configs.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, group(settings));
    configs.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    configs.put(ProducerConfig.ACKS_CONFIG, "all");
    return new KafkaProducer<>(configs, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
