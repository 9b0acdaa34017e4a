package io.weir.streams.config;

import static java.util.stream.Collectors.toMap;

import io.weir.detector.ExecutionProvider;
import io.weir.schemas.card.ThresholdPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.config.types.Password;

/// Turns layered text into [Settings], or into the list of everything that is wrong with it.
final class SettingCheck {
  /// Where to read, but neither what is scored nor by which model.
  private static final Set<String> NEEDED_BY_CLIENTS =
      Set.of(SettingKeys.BOOTSTRAP_SERVERS, SettingKeys.REGISTRY_URL);

  private final Map<String, SettingSources.Sourced> given;
  private final List<String> problems;
  private final List<String> warnings;
  private final Map<String, ConfigValue> values = new HashMap<>();

  SettingCheck(
      Map<String, SettingSources.Sourced> given, List<String> problems, List<String> warnings) {
    this.given = given;
    this.problems = new ArrayList<>(problems);
    this.warnings = new ArrayList<>(warnings);
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
      values.put(value.name(), value);
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
    List<?> topics = value(SettingKeys.INPUT_TOPICS, List.class);
    String pattern = value(SettingKeys.INPUT_PATTERN, String.class);
    if (topics != null && topics.isEmpty() == (pattern == null)) {
      problems.add(
          "give either weir.input.topics or weir.input.pattern, "
              + (pattern == null ? "one of them is required" : "not both"));
    } else if (topics != null) {
      input().ifPresent(this::checkLoops);
    }
    Set<String> outputs = new LinkedHashSet<>();
    for (String key :
        List.of(
            SettingKeys.ALERTS_TOPIC, SettingKeys.SCORES_TOPIC, SettingKeys.DEAD_LETTER_TOPIC)) {
      String topic = value(key, String.class);
      if (topic != null && !outputs.add(topic)) {
        problems.add(key + " = " + topic + " is also another output topic: give each its own");
      }
    }
    Long outage = value(SettingKeys.REGISTRY_OUTAGE_MAX_MS, Long.class);
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
      String topic = value(key, String.class);
      if (topic != null && input.includes(topic)) {
        problems.add(
            key
                + " = "
                + topic
                + " is also an input topic, which would never end: use another topic");
      }
    }
  }

  private Optional<InputTopics> input() {
    String pattern = value(SettingKeys.INPUT_PATTERN, String.class);
    if (pattern == null) {
      return Optional.of(new InputTopics.Listed(strings(SettingKeys.INPUT_TOPICS)));
    }
    return values.get(SettingKeys.INPUT_PATTERN).errorMessages().isEmpty()
        ? Optional.of(new InputTopics.Matching(Pattern.compile(pattern)))
        : Optional.empty();
  }

  private Settings build(StreamsProperties streams) {
    String deadLetterTopic = value(SettingKeys.DEAD_LETTER_TOPIC, String.class);
    return new Settings(
        value(SettingKeys.APPLICATION_ID, String.class),
        String.join(",", strings(SettingKeys.BOOTSTRAP_SERVERS)),
        input().orElseThrow(),
        Optional.ofNullable(value(SettingKeys.INPUT_READER_SCHEMA, String.class)).map(Path::of),
        value(SettingKeys.ALERTS_TOPIC, String.class),
        Optional.ofNullable(value(SettingKeys.SCORES_TOPIC, String.class)),
        deadLetterTopic,
        Path.of(value(SettingKeys.MODEL_FILE, String.class)),
        provider(),
        ThresholdPolicy.parse(value(SettingKeys.THRESHOLD, String.class)),
        eventsPerDay(),
        value(SettingKeys.BATCH_MAX, Integer.class),
        value(SettingKeys.ALERT_FEATURES_MAX, Integer.class),
        mute(),
        new Settings.Windows(
            number(SettingKeys.WINDOW_MAX_GAP_MS),
            number(SettingKeys.WINDOW_IDLE_EXPIRY_MS),
            NullKey.of(value(SettingKeys.WINDOW_NULL_KEY, String.class))),
        registry(),
        Duration.ofMillis(value(SettingKeys.START_TIMEOUT_MS, Integer.class)),
        Duration.ofMillis(value(SettingKeys.SHUTDOWN_TIMEOUT_MS, Integer.class)),
        Duration.ofMillis(value(SettingKeys.PROGRESS_INTERVAL_MS, Long.class)),
        new Settings.Http(
            value(SettingKeys.HTTP_HOST, String.class),
            value(SettingKeys.HTTP_PORT, Integer.class)),
        streams.properties(deadLetterTopic),
        EffectiveSettings.lines(given, values, streams.defaults()),
        warnings);
  }

  private ClientSettings buildClient() {
    return new ClientSettings(
        String.join(",", strings(SettingKeys.BOOTSTRAP_SERVERS)),
        registry(),
        value(SettingKeys.ALERTS_TOPIC, String.class),
        Duration.ofMillis(value(SettingKeys.START_TIMEOUT_MS, Integer.class)),
        Duration.ofMillis(value(SettingKeys.SHUTDOWN_TIMEOUT_MS, Integer.class)),
        passedOn(),
        warnings);
  }

  private Settings.Mute mute() {
    SortedMap<String, String> ignore = new TreeMap<>();
    given.forEach(
        (key, setting) -> {
          // An empty value takes a rule back.
          if (key.startsWith(SettingKeys.IGNORE_PREFIX) && !setting.value().isEmpty()) {
            ignore.put(key.substring(SettingKeys.IGNORE_PREFIX.length()), setting.value());
          }
        });
    return new Settings.Mute(
        ignore,
        value(SettingKeys.COOLDOWN_MS, Long.class),
        value(SettingKeys.INCIDENT_GAP_MS, Long.class),
        value(SettingKeys.INCIDENT_UPDATE_MS, Long.class));
  }

  private OptionalDouble eventsPerDay() {
    Double number = value(SettingKeys.EVENTS_PER_DAY, Double.class);
    return number == null ? OptionalDouble.empty() : OptionalDouble.of(number);
  }

  private ExecutionProvider provider() {
    ExecutionProvider.Cuda cuda =
        new ExecutionProvider.Cuda(
            value(SettingKeys.ONNX_CUDA_DEVICE_ID, Integer.class),
            number(SettingKeys.ONNX_CUDA_MEMORY_LIMIT_BYTES));
    String provider = value(SettingKeys.ONNX_PROVIDER, String.class);
    return switch (provider) {
      case "cpu" -> new ExecutionProvider.Cpu();
      case "cuda" -> cuda;
      case "auto" -> new ExecutionProvider.Auto(cuda);
      default -> throw new IllegalStateException("The rule of the key lets no " + provider + " by");
    };
  }

  private Settings.Registry registry() {
    Map<String, String> client = new TreeMap<>();
    Password user = value(SettingKeys.REGISTRY_USER_INFO, Password.class);
    if (user != null) {
      client.put("basic.auth.credentials.source", "USER_INFO");
      client.put("basic.auth.user.info", user.value());
    }
    given.forEach(
        (key, setting) -> {
          if (key.startsWith(SettingKeys.REGISTRY_PREFIX)
              && !SettingKeys.DEFINITION.names().contains(key)) {
            String name = key.substring(SettingKeys.REGISTRY_PREFIX.length());
            client.put(name, setting.value());
            // The client reads its TLS settings under this name only.
            if (name.startsWith("ssl.")) {
              client.put("schema.registry." + name, setting.value());
            }
          }
        });
    return new Settings.Registry(
        strings(SettingKeys.REGISTRY_URL),
        client,
        value(SettingKeys.REGISTRY_AUTO_REGISTER, Boolean.class),
        Duration.ofMillis(value(SettingKeys.REGISTRY_OUTAGE_MAX_MS, Long.class)));
  }

  private List<String> strings(String key) {
    return value(key, List.class) instanceof List<?> list
        ? list.stream().map(Object::toString).toList()
        : List.of();
  }

  private OptionalLong number(String key) {
    Long number = value(key, Long.class);
    return number == null ? OptionalLong.empty() : OptionalLong.of(number);
  }

  private <T> T value(String key, Class<T> type) {
    return type.cast(values.get(key).value());
  }

  private static String doc(String key) {
    return SettingKeys.DEFINITION.configKeys().get(key).documentation;
  }
}
