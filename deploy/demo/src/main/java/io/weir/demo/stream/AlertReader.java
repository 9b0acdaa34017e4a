package io.weir.demo.stream;

import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.weir.schemas.event.Alert;
import io.weir.schemas.event.TrustedEvents;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Reads the alerts topic from its beginning with the official Confluent deserializer.
public final class AlertReader implements AutoCloseable {
  static {
    TrustedEvents.trust();
  }

  /// An alert and the number of its event.
  public record ReceivedAlert(long event, Alert alert) {}

  private final Consumer<byte[], Alert> consumer;
  private final List<TopicPartition> partitions;

  public AlertReader(String bootstrap, String registry, String topic) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                KafkaAvroDeserializer.class,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                "schema.registry.url",
                registry,
                "specific.avro.reader",
                true));
    partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /// The alerts that arrive within a time, none if it passes.
  public List<ReceivedAlert> poll(Duration timeout) {
    List<ReceivedAlert> alerts = new ArrayList<>();
    for (ConsumerRecord<byte[], Alert> alert : consumer.poll(timeout)) {
      Header number = alert.headers().lastHeader(EventProducer.NUMBER_HEADER);
      long event = Long.parseLong(new String(number.value(), StandardCharsets.US_ASCII));
      alerts.add(new ReceivedAlert(event, alert.value()));
    }
    return alerts;
  }

  /// Whether everything that stands in the topic now has been returned.
  public boolean atEnd() {
    return consumer.endOffsets(partitions).entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  @Override
  public void close() {
    consumer.close();
  }
}
