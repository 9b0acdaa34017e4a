package io.weir.streams.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.weir.streams.replay.EventReference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.apache.avro.generic.GenericRecord;

/// Makes receipts of alerts: of lines of JSON with the fields' Avro names, and of the records of
/// the alerts topic.
public final class Receipts {
  /// What follows is a key in hex; any other text is the key itself, in UTF-8.
  private static final String HEX = "0x";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private Receipts() {}

  /// A line that is no alert.
  public static final class NoReceiptException extends Exception {
    private static final long serialVersionUID = 1L;

    /// Values come from outside: nothing of them must be obeyed by a terminal.
    NoReceiptException(String message) {
      super(message.replaceAll("\\p{C}", "?"));
    }
  }

  /// The receipt of an alert as `./weir alerts --output json` and replays print it.
  ///
  /// @throws NoReceiptException if the line is no JSON, or lacks a field that says which event,
  ///   which model or which score
  public static Receipt json(String line) throws NoReceiptException {
    JsonNode alert;
    try {
      alert = JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new NoReceiptException("it is no JSON: " + e.getOriginalMessage());
    }
    if (!alert.isObject()) {
      throw new NoReceiptException("it is no JSON object, an alert is one");
    }
    return new Receipt(
        alert.path("id").asText(""),
        alert.path("incident").path("status").asText(""),
        topic(text(alert, "topic")),
        (int) whole(alert, "partition", 0, Integer.MAX_VALUE),
        whole(alert, "offset", 0, Long.MAX_VALUE),
        key(alert.path("key")),
        whole(alert, "event_time", Long.MIN_VALUE, Long.MAX_VALUE),
        text(alert, "model_sha256"),
        number(alert, "score"),
        number(alert, "reconstruction_loss"),
        number(alert, "kl_divergence"),
        alert.hasNonNull("window_events")
            ? (int) whole(alert, "window_events", 1, Integer.MAX_VALUE)
            : 1,
        alert.path("runtime").asText(""));
  }

  /// The receipt of an alert of the alerts topic.
  ///
  /// @param alert read with the current schema of alerts
  /// @throws NoReceiptException if its topic cannot be one
  static Receipt record(GenericRecord alert) throws NoReceiptException {
    ByteBuffer key = (ByteBuffer) alert.get("key");
    byte[] bytes = null;
    if (key != null) {
      bytes = new byte[key.remaining()];
      key.duplicate().get(bytes);
    }
    GenericRecord incident = (GenericRecord) alert.get("incident");
    return new Receipt(
        alert.get("id").toString(),
        incident == null ? "" : incident.get("status").toString(),
        topic(alert.get("topic").toString()),
        (int) alert.get("partition"),
        (long) alert.get("offset"),
        bytes,
        (long) alert.get("event_time"),
        alert.get("model_sha256").toString(),
        (float) alert.get("score"),
        (float) alert.get("reconstruction_loss"),
        (float) alert.get("kl_divergence"),
        (int) alert.get("window_events"),
        alert.get("runtime").toString());
  }

  private static byte[] key(JsonNode key) throws NoReceiptException {
    if (key.isNull() || key.isMissingNode()) {
      return null;
    }
    String text = key.asText();
    if (!text.startsWith(HEX)) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return HexFormat.of().parseHex(text, HEX.length(), text.length());
    } catch (IllegalArgumentException e) {
      throw new NoReceiptException(
          "its key %s is not in hex, as keys are that begin with 0x".formatted(text));
    }
  }

  private static String topic(String name) throws NoReceiptException {
    if (!EventReference.isTopic(name)) {
      throw new NoReceiptException("its topic = %s is no name of a topic".formatted(name));
    }
    return name;
  }

  private static String text(JsonNode alert, String name) throws NoReceiptException {
    return present(alert, name).asText();
  }

  private static long whole(JsonNode alert, String name, long min, long max)
      throws NoReceiptException {
    JsonNode value = present(alert, name);
    if (!value.canConvertToExactIntegral()) {
      throw new NoReceiptException("its %s = %s is no whole number".formatted(name, value));
    }
    if (!value.canConvertToLong() || value.asLong() < min || value.asLong() > max) {
      throw new NoReceiptException(
          "its %s = %s is not from %d to %d".formatted(name, value, min, max));
    }
    return value.asLong();
  }

  private static float number(JsonNode alert, String name) throws NoReceiptException {
    JsonNode value = present(alert, name);
    if (value.isNumber()) {
      return (float) value.asDouble();
    }
    try {
      // What is not finite is written as a string.
      return Float.parseFloat(value.asText());
    } catch (NumberFormatException e) {
      throw new NoReceiptException("its %s = %s is no number".formatted(name, value));
    }
  }

  private static JsonNode present(JsonNode alert, String name) throws NoReceiptException {
    JsonNode value = alert.path(name);
    if (value.isMissingNode() || value.isNull()) {
      throw new NoReceiptException("it has no field " + name + ", so it is no alert");
    }
    return value;
  }
}
