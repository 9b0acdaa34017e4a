package io.weir.demo.stream;

import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.weir.demo.source.StreamEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.StringSerializer;

/// Sends events as any other Kafka client would: with the official Confluent serializer.
public final class EventProducer implements AutoCloseable {
  /// The header with the event's number. Weir keeps headers, so the alert has it too.
  public static final String NUMBER_HEADER = "event";

  private final Producer<String, Object> producer;
  private final String topic;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private double rate;
  private long sent;
  private long firstNanos;

  public EventProducer(String bootstrap, String registry, String topic) {
    this.topic = topic;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                StringSerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                KafkaAvroSerializer.class,
                ProducerConfig.LINGER_MS_CONFIG,
                2,
                ProducerConfig.BATCH_SIZE_CONFIG,
                64 * 1024,
                "schema.registry.url",
                registry));
  }

  /// The pace of the events from now on.
  ///
  /// @param eventsPerSecond 0 for as fast as possible
  public void pace(double eventsPerSecond) {
    rate = eventsPerSecond;
    sent = 0;
    firstNanos = System.nanoTime();
  }

  /// Sends one event, after waiting for its turn.
  ///
  /// @throws KafkaException if this event or an earlier one could not be sent
  public void send(StreamEvent event) {
    if (rate > 0) {
      await(firstNanos + (long) (sent * 1e9 / rate));
    }
    Header number =
        new RecordHeader(
            NUMBER_HEADER, Long.toString(event.number()).getBytes(StandardCharsets.US_ASCII));
    producer.send(
        new ProducerRecord<>(
            topic, null, event.time(), event.key(), event.value(), List.of(number)),
        (_, e) -> failure.compareAndSet(null, e));
    sent++;
    if (failure.get() != null) {
      throw new KafkaException("An event could not be sent", failure.get());
    }
  }

  private static void await(long nanos) {
    long left = nanos - System.nanoTime();
    while (left > 0 && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(left);
      left = nanos - System.nanoTime();
    }
  }

  /// Returns when everything sent has arrived.
  public void flush() {
    producer.flush();
  }

  @Override
  public void close() {
    producer.close();
  }
}
