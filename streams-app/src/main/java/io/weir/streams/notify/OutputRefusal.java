package io.weir.streams.notify;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.errors.ErrorHandlerContext;

/// What to tell about an output that Kafka does not take.
final class OutputRefusal {
  private OutputRefusal() {}

  /// Whether the topic is not there, as far as the producer can know. It says so by a time-out
  /// whose message alone tells it from others.
  static boolean isWithoutTopic(Exception e) {
    return e instanceof UnknownTopicOrPartitionException
        || e instanceof TimeoutException
            && e.getMessage() != null
            && e.getMessage().contains("not present in metadata");
  }

  /// Names an output. The record whose turn it is has gone on since: what is known of its own is
  /// its timestamp, or, of a dead letter, its record.
  static String name(ErrorHandlerContext context, ProducerRecord<byte[], byte[]> output) {
    Header offset = output.headers().lastHeader("__streams.errors.offset");
    return offset == null
        ? "what comes of an event with the timestamp %s in partition %d"
            .formatted(
                output.timestamp() == null ? "of now" : Instant.ofEpochMilli(output.timestamp()),
                context.taskId().partition())
        : "the dead letter of %s-%s offset %s"
            .formatted(
                text(output.headers().lastHeader("__streams.errors.topic")),
                text(output.headers().lastHeader("__streams.errors.partition")),
                text(offset));
  }

  private static String text(Header header) {
    return new String(header.value(), StandardCharsets.UTF_8);
  }

  /// The value, the rule, the cure.
  static String text(
      ErrorHandlerContext context, ProducerRecord<byte[], byte[]> output, Exception e) {
    String topic = output.topic();
    return "Topic %s does not take %s: %s. Nothing is dropped: every start stops here until that is mended"
        .formatted(topic, name(context, output), reason(topic, output, e));
  }

  private static String reason(String topic, ProducerRecord<byte[], byte[]> output, Exception e) {
    if (isWithoutTopic(e) || e instanceof InvalidTopicException) {
      return "the brokers do not answer, or have no such topic or partition (%s). If it was deleted, create it again"
          .formatted(e.getMessage());
    }
    return switch (e) {
      case RecordTooLargeException _ ->
          "it has %,d bytes, key and headers included, and the topic's max.message.bytes or the producer's max.request.size is less. Raise whichever is too small: kafka-configs.sh --alter --entity-type topics --entity-name %s --add-config max.message.bytes=..."
              .formatted(size(output), topic);
      case InvalidTimestampException _ ->
          "its timestamp of %d is outside what the topic allows. Widen the topic's message.timestamp.after.max.ms or message.timestamp.before.max.ms: kafka-configs.sh --alter --entity-type topics --entity-name %s --add-config message.timestamp.after.max.ms=9223372036854775807"
              .formatted(output.timestamp(), topic);
      default -> e.getClass().getSimpleName() + ": " + e.getMessage();
    };
  }

  private static long size(ProducerRecord<byte[], byte[]> output) {
    long size = output.value() == null ? 0 : output.value().length;
    size += output.key() == null ? 0 : output.key().length;
    for (var header : output.headers()) {
      size += header.key().length() + (header.value() == null ? 0 : header.value().length);
    }
    return size;
  }
}
