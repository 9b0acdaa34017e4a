package io.weir.streams.tell.webhook;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;

/// Keeps what could not be delivered: original key, value and headers, and why.
final class DeadLetters {
  /// What the names of the added headers start with.
  static final String PREFIX = "weir.webhook.";

  private final Producer<byte[], byte[]> producer;
  private final String topic;

  /// @param producer which the caller closes
  DeadLetters(Producer<byte[], byte[]> producer, String topic) {
    this.producer = producer;
    this.topic = topic;
  }

  /// Writes one, and waits until the brokers have it.
  ///
  /// @param status of the last answer, 0 if there was none
  /// @param attempts requests that were made
  /// @throws KafkaException if they do not take it
  void write(ConsumerRecord<byte[], byte[]> record, String reason, int status, int attempts)
      throws InterruptedException {
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(topic, null, null, record.key(), record.value(), record.headers());
    Headers headers = letter.headers();
    add(headers, "reason", reason);
    add(headers, "status", String.valueOf(status));
    add(headers, "attempts", String.valueOf(attempts));
    add(headers, "topic", record.topic());
    add(headers, "partition", String.valueOf(record.partition()));
    add(headers, "offset", String.valueOf(record.offset()));
    try {
      producer.send(letter).get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
    }
  }

  private static void add(Headers headers, String name, String value) {
    headers.remove(PREFIX + name);
    headers.add(PREFIX + name, value.getBytes(StandardCharsets.UTF_8));
  }
}
