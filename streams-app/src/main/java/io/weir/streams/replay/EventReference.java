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
  private static final Pattern COORDINATES =
      Pattern.compile("([A-Za-z0-9._-]+)/(\\d{1,9})/(\\d{1,18})");

  /// Of coordinates.
  ///
  /// @param text such as `payments/0/1234`
  /// @throws IllegalArgumentException if it is none, with a message for people
  public static EventReference of(String text) {
    Matcher matcher = COORDINATES.matcher(text.strip());
    if (!matcher.matches()) {
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
              .formatted(e.getOriginalMessage()),
          e);
    }
    if (!alert.path("topic").isTextual()
        || !alert.path("partition").isIntegralNumber()
        || !alert.path("offset").isIntegralNumber()) {
      throw new IllegalArgumentException(
          "This JSON is no alert: topic, partition and offset are expected, as `weir alerts"
              + " --output json` prints them");
    }
    JsonNode events = alert.path("window_events");
    JsonNode score = alert.path("score");
    String model = alert.path("model_sha256").asText("");
    return new EventReference(
        new TopicPartition(alert.path("topic").asText(), alert.path("partition").asInt()),
        alert.path("offset").asLong(),
        events.isIntegralNumber() ? OptionalInt.of(events.asInt()) : OptionalInt.empty(),
        model.isEmpty() ? Optional.empty() : Optional.of(model),
        score.isNumber() ? Optional.of((float) score.asDouble()) : Optional.empty());
  }

  @Override
  public String toString() {
    return partition.topic() + "/" + partition.partition() + "/" + offset;
  }
}
