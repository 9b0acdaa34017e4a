package io.weir.streams.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;

/// Which event is meant, and what is known about it.
///
/// @param windowEvents how many events of its key were scored with it; empty if unknown
/// @param modelSha256 the model that scored it, if known
/// @param score what it scored, if known
public record EventReference(
    TopicPartition partition,
    long offset,
    OptionalInt windowEvents,
    Optional<String> modelSha256,
    Optional<Float> score) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern COORDINATES = Pattern.compile("([^/]+)/(\\d{1,9})/(\\d{1,18})");
  private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}");

  /// Whether Kafka takes a text for the name of a topic.
  public static boolean isTopic(String name) {
    return TOPIC.matcher(name).matches();
  }

  /// Of coordinates.
  ///
  /// @param text such as `payments/0/1234`
  /// @throws IllegalArgumentException if it is none, with a message for people
  public static EventReference of(String text) {
    Matcher matcher = COORDINATES.matcher(text.strip());
    if (!matcher.matches() || !isTopic(matcher.group(1))) {
      throw new IllegalArgumentException(
          "%s is no event: TOPIC/PARTITION/OFFSET is expected, such as payments/0/1234"
              .formatted(text));
    }
    return new EventReference(
        new TopicPartition(matcher.group(1), Integer.parseInt(matcher.group(2))),
        Long.parseLong(matcher.group(3)),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /// Of an alert in JSON, its fields by their Avro names.
  ///
  /// @throws IllegalArgumentException if it is none, with a message for people
  public static EventReference ofAlert(String json) {
    JsonNode alert;
    try {
      alert = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "An alert is expected as one line of JSON (%s): `weir alerts --output json` prints them"
              .formatted(plain(e.getOriginalMessage())),
          e);
    }
    if (!alert.path("topic").isTextual()
        || !isWhole(alert.path("partition"), Integer.MAX_VALUE)
        || !isWhole(alert.path("offset"), Long.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "This JSON is no alert: topic, partition and offset are expected, as `weir alerts"
              + " --output json` prints them");
    }
    String topic = alert.path("topic").asText();
    if (!isTopic(topic)) {
      throw new IllegalArgumentException(
          "The alert's topic = %s is no name of a topic".formatted(plain(topic)));
    }
    JsonNode events = alert.path("window_events");
    // Alerts of before they named a runtime did not tell the number either.
    boolean told =
        !alert.path("runtime").asText("").isEmpty() && isWhole(events, Integer.MAX_VALUE);
    JsonNode score = alert.path("score");
    String model = plain(alert.path("model_sha256").asText(""));
    return new EventReference(
        new TopicPartition(topic, alert.path("partition").asInt()),
        alert.path("offset").asLong(),
        told ? OptionalInt.of(events.asInt()) : OptionalInt.empty(),
        model.isEmpty() ? Optional.empty() : Optional.of(model),
        score.isNumber() ? Optional.of((float) score.asDouble()) : Optional.empty());
  }

  private static boolean isWhole(JsonNode number, long max) {
    return number.isIntegralNumber()
        && number.canConvertToLong()
        && number.asLong() >= 0
        && number.asLong() <= max;
  }

  /// Alerts come from outside: nothing of them must be obeyed by a terminal.
  private static String plain(String text) {
    return text.replaceAll("\\p{C}", "?");
  }

  @Override
  public String toString() {
    return partition.topic() + "/" + partition.partition() + "/" + offset;
  }
}
