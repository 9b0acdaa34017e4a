package io.weir.streams.config;

import static java.util.stream.Collectors.toMap;

import io.weir.schemas.card.ThresholdPolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigValue;

/// Turns layered text into [Settings], or into the list of everything that is wrong with it.
final class SettingCheck {
  /// Where to read, but neither what is scored nor by which model.
  private static final Set<String> NEEDED_BY_CLIENTS =
      Set.of(SettingKeys.BOOTSTRAP_SERVERS, SettingKeys.REGISTRY_URL);

  private final Map<String, SettingSources.Sourced> given;
  private final List<String> problems;
  private final List<String> warnings;
  private final SettingValues values = new SettingValues(new HashMap<>());
  private final SettingParts parts;

  SettingCheck(
      Map<String, SettingSources.Sourced> given, List<String> problems, List<String> warnings) {
    this.given = given;
    this.problems = new ArrayList<>(problems);
    this.warnings = new ArrayList<>(warnings);
    this.parts = new SettingParts(given, values);
  }

  Settings settings() {
    StreamsProperties streams = checkEach(SettingKeys.DEFINITION.names());
    checkTogether(streams);
    refuseProblems();
    return build(streams);
  }

  ClientSettings client() {
    checkEach(NEEDED_BY_CLIENTS);
    refuseProblems();
    return buildClient();
  }

  WebhookSettings webhook() {
    checkEach(NEEDED_BY_CLIENTS);
    WebhookCheck webhook = new WebhookCheck(values);
    problems.addAll(webhook.problems());
    refuseProblems();
    return webhook.build(buildClient());
  }

  /// Each setting by itself.
  ///
  /// @param needed those that must be given if they have no default
  private StreamsProperties checkEach(Set<String> needed) {
    checkDefined(needed);
    checkUnknown();
    StreamsProperties streams = new StreamsProperties(passedOn());
    problems.addAll(streams.problems());
    warnings.addAll(streams.warnings());
    return streams;
  }

  private void refuseProblems() {
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(List.copyOf(new LinkedHashSet<>(problems)));
    }
  }

  private void checkDefined(Set<String> needed) {
    Map<String, String> own = new HashMap<>();
    given.forEach(
        (key, setting) -> {
          // An empty value, as in WEIR_SCORES_TOPIC="", takes a setting back to its default.
          if (SettingKeys.DEFINITION.names().contains(key) && !setting.value().isEmpty()) {
            own.put(key, setting.value());
          }
        });
    for (ConfigValue value : SettingKeys.DEFINITION.validate(own)) {
      values.values().put(value.name(), value);
      if (!own.containsKey(value.name()) && !value.errorMessages().isEmpty()) {
        if (needed.contains(value.name())) {
          problems.add(value.name() + " is required and has no default: " + doc(value.name()));
        }
      } else {
        value.errorMessages().forEach(m -> problems.add(withSource(value.name(), m)));
      }
    }
  }

  private String withSource(String key, String message) {
    return message + " (from the " + given.get(key).source() + ")";
  }

  private void checkUnknown() {
    for (String key : given.keySet()) {
      if (key.startsWith(SettingKeys.IGNORE_PREFIX)) {
        checkIgnore(key);
      } else if (key.startsWith(SettingKeys.PREFIX)
          && !key.startsWith(SettingKeys.REGISTRY_PREFIX)
          && !SettingKeys.DEFINITION.names().contains(key)) {
        problems.add(
            "there is no setting "
                + key
                + " (from the "
                + given.get(key).source()
                + ")"
                + SettingKeys.instead(key));
      }
      if (key.startsWith(SettingKeys.REGISTRY_PREFIX)) {
        RegistryClientKeys.warning(key, given.get(key).source(), SettingKeys.DEFINITION.names())
            .ifPresent(warnings::add);
      }
    }
  }

  /// The rule itself is read with the model at hand.
  private void checkIgnore(String key) {
    String name = key.substring(SettingKeys.IGNORE_PREFIX.length());
    if (!name.matches("[a-zA-Z0-9._-]{1,100}")) {
      problems.add(
          withSource(
              key, key + " names no rule: a name has letters, digits, dots, underscores, hyphens"));
    }
  }

  private Map<String, String> passedOn() {
    return given.entrySet().stream()
        .filter(e -> !e.getKey().startsWith(SettingKeys.PREFIX))
        .collect(toMap(Map.Entry::getKey, e -> e.getValue().value()));
  }

  private void checkTogether(StreamsProperties streams) {
    List<?> topics = values.get(SettingKeys.INPUT_TOPICS, List.class);
    String pattern = values.get(SettingKeys.INPUT_PATTERN, String.class);
    if (topics != null && topics.isEmpty() == (pattern == null)) {
      problems.add(
          "give either weir.input.topics or weir.input.pattern, "
              + (pattern == null ? "one of them is required" : "not both"));
    } else if (topics != null) {
      parts.input().ifPresent(this::checkLoops);
    }
    Set<String> outputs = new LinkedHashSet<>();
    for (String key :
        List.of(
            SettingKeys.ALERTS_TOPIC, SettingKeys.SCORES_TOPIC, SettingKeys.DEAD_LETTER_TOPIC)) {
      String topic = values.get(key, String.class);
      if (topic != null && !outputs.add(topic)) {
        problems.add(key + " = " + topic + " is also another output topic: give each its own");
      }
    }
    Long outage = values.get(SettingKeys.REGISTRY_OUTAGE_MAX_MS, Long.class);
    if (outage != null && outage >= streams.maxPollIntervalMs()) {
      problems.add(
          SettingKeys.REGISTRY_OUTAGE_MAX_MS
              + " = "
              + outage
              + " must be below the consumer's max.poll.interval.ms = "
              + streams.maxPollIntervalMs()
              + ", or the group gives the partitions away while an event waits");
    }
  }

  private void checkLoops(InputTopics input) {
    for (String key :
        List.of(
            SettingKeys.ALERTS_TOPIC, SettingKeys.SCORES_TOPIC, SettingKeys.DEAD_LETTER_TOPIC)) {
      String topic = values.get(key, String.class);
      if (topic != null && input.includes(topic)) {
        problems.add(
            key
                + " = "
                + topic
                + " is also an input topic, which would never end: use another topic");
      }
    }
  }

  private Settings build(StreamsProperties streams) {
    String deadLetterTopic = values.get(SettingKeys.DEAD_LETTER_TOPIC, String.class);
    return new Settings(
        values.get(SettingKeys.APPLICATION_ID, String.class),
        String.join(",", values.strings(SettingKeys.BOOTSTRAP_SERVERS)),
        parts.input().orElseThrow(),
        values.text(SettingKeys.INPUT_READER_SCHEMA).map(Path::of),
        values.get(SettingKeys.ALERTS_TOPIC, String.class),
        values.text(SettingKeys.SCORES_TOPIC),
        deadLetterTopic,
        Path.of(values.get(SettingKeys.MODEL_FILE, String.class)),
        parts.provider(),
        ThresholdPolicy.parse(values.get(SettingKeys.THRESHOLD, String.class)),
        values.decimal(SettingKeys.EVENTS_PER_DAY),
        values.get(SettingKeys.BATCH_MAX, Integer.class),
        values.get(SettingKeys.ALERT_FEATURES_MAX, Integer.class),
        parts.mute(),
        parts.windows(),
        parts.registry(),
        values.millis(SettingKeys.START_TIMEOUT_MS),
        values.millis(SettingKeys.SHUTDOWN_TIMEOUT_MS),
        values.millis(SettingKeys.PROGRESS_INTERVAL_MS),
        parts.http(),
        streams.properties(deadLetterTopic),
        EffectiveSettings.lines(given, values.values(), streams.defaults()),
        warnings);
  }

  private ClientSettings buildClient() {
    return new ClientSettings(
        String.join(",", values.strings(SettingKeys.BOOTSTRAP_SERVERS)),
        parts.registry(),
        values.get(SettingKeys.ALERTS_TOPIC, String.class),
        values.millis(SettingKeys.START_TIMEOUT_MS),
        values.millis(SettingKeys.SHUTDOWN_TIMEOUT_MS),
        passedOn(),
        warnings);
  }

  private static String doc(String key) {
    return SettingKeys.DEFINITION.configKeys().get(key).documentation;
  }
}
