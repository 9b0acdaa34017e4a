package io.weir.streams.redrive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/// A record of a dead-letter topic.
public sealed interface DeadLetter {
  /// How often a record was redriven: a whole number as text.
  String ATTEMPTS = "weir.redriven";

  /// Where a redriven record stood when it became a dead letter for the first time, as
  /// `topic/partition/offset`.
  String ORIGIN = "weir.redriven.origin";

  /// One that says where it came from.
  ///
  /// @param kind what is redriven, or left, together
  /// @param partition of its topic
  /// @param offset in that partition
  record Known(Kind kind, int partition, long offset) implements DeadLetter {}

  /// One without, or with unreadable, headers of Kafka Streams: not the work of this application.
  record Foreign() implements DeadLetter {}

  /// What dead letters have in common.
  ///
  /// @param topic where they came from
  /// @param reason why they could not be scored
  /// @param attempts how often they were redriven already
  record Kind(String topic, String reason, int attempts) implements Comparable<Kind> {
    @Override
    public int compareTo(Kind other) {
      int order = topic.compareTo(other.topic);
      order = order != 0 ? order : reason.compareTo(other.reason);
      return order != 0 ? order : Integer.compare(attempts, other.attempts);
    }
  }

  /// Kafka's own headers of dead letters (KIP-1034) begin so.
  String ERRORS = "__streams.errors.";

  /// The first word of a message that begins with a reason of Weir.
  Pattern REASON = Pattern.compile("([A-Z][A-Z_]{1,40}):.*", Pattern.DOTALL);

  /// What a record says of itself.
  static DeadLetter of(ConsumerRecord<byte[], byte[]> record) {
    Headers headers = record.headers();
    String topic = text(headers, ERRORS + "topic");
    String partition = text(headers, ERRORS + "partition");
    String offset = text(headers, ERRORS + "offset");
    if (topic == null || !isNumber(partition, 9) || !isNumber(offset, 18)) {
      return new Foreign();
    }
    String attempts = text(headers, ATTEMPTS);
    return new Known(
        new Kind(topic, reason(headers), isNumber(attempts, 6) ? Integer.parseInt(attempts) : 0),
        Integer.parseInt(partition),
        Long.parseLong(offset));
  }

  /// The record as it was, for where it was; headers tell that it comes again.
  static ProducerRecord<byte[], byte[]> again(ConsumerRecord<byte[], byte[]> record, Known letter) {
    ProducerRecord<byte[], byte[]> again =
        new ProducerRecord<>(
            letter.kind().topic(),
            letter.partition(),
            record.timestamp() < 0 ? null : record.timestamp(),
            record.key(),
            record.value());
    byte[] origin =
        (letter.kind().topic() + "/" + letter.partition() + "/" + letter.offset()).getBytes(UTF_8);
    for (Header header : record.headers()) {
      if (header.key().equals(ORIGIN)) {
        origin = header.value();
      } else if (!header.key().startsWith(ERRORS) && !header.key().equals(ATTEMPTS)) {
        again.headers().add(header);
      }
    }
    again.headers().add(ATTEMPTS, String.valueOf(letter.kind().attempts() + 1).getBytes(UTF_8));
    again.headers().add(ORIGIN, origin);
    return again;
  }

  private static String reason(Headers headers) {
    String message = text(headers, ERRORS + "message");
    Matcher reason = REASON.matcher(message == null ? "" : message);
    if (reason.matches()) {
      return reason.group(1);
    }
    String exception = text(headers, ERRORS + "exception");
    return exception == null ? "UNKNOWN" : exception.substring(exception.lastIndexOf('.') + 1);
  }

  private static boolean isNumber(String text, int digits) {
    return text != null && text.matches("\\d{1," + digits + "}");
  }

  private static String text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
  }
}
