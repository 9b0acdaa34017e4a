package io.weir.streams.notify;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
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

  /// The record that an output comes of.
  static String origin(ErrorHandlerContext context) {
    return context.topic() == null
        ? "no record"
        : "the record at %s-%d offset %d"
            .formatted(context.topic(), context.partition(), context.offset());
  }

  /// The value, the rule, the cure.
  static String text(
      ErrorHandlerContext context, ProducerRecord<byte[], byte[]> output, Exception e) {
    String topic = output.topic();
    return "Topic %s does not take what comes of %s: %s. Nothing is dropped: every start stops here until that is mended"
        .formatted(topic, origin(context), reason(topic, output, e));
  }

  private static String reason(String topic, ProducerRecord<byte[], byte[]> output, Exception e) {
    if (isWithoutTopic(e) || e instanceof InvalidTopicException) {
      return "there is no such topic or partition (%s). Create it again".formatted(e.getMessage());
    }
    return switch (e) {
      case RecordTooLargeException _ ->
          "it has %,d bytes, key and headers included, and the topic's max.message.bytes or the producer's max.request.size is less. Raise whichever is too small: kafka-configs.sh --alter --entity-type topics --entity-name %s --add-config max.message.bytes=..."
              .formatted(size(output), topic);
      case InvalidTimestampException _ ->
          "its timestamp, %d, is outside what the topic allows. Widen the topic's message.timestamp.after.max.ms or message.timestamp.before.max.ms: kafka-configs.sh --alter --entity-type topics --entity-name %s --add-config message.timestamp.after.max.ms=9223372036854775807"
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
