package io.weir.streams.config;

import io.weir.schemas.NearestNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.streams.StreamsConfig;

/// What Kafka Streams is given: the settings that are not Weir's own, over defaults tuned for
/// scoring.
final class StreamsProperties {
  private static final int MIB = 1024 * 1024;

  /// Without a prefix they are the weakest form of a setting, so that any form given by the user
  /// wins.
  private static final Map<String, String> TUNED = new TreeMap<>();

  static {
    // Fetching much at once makes batches large when there is a backlog and costs nothing when
    // there is none.
    TUNED.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "10000");
    TUNED.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, String.valueOf(4 * MIB));
    TUNED.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, "20000");
    // Nothing is joined: the topics need no common order. Keeping watch over it cost 9 % of the
    // stream thread's time.
    TUNED.put(
        StreamsConfig.MAX_TASK_IDLE_MS_CONFIG,
        String.valueOf(StreamsConfig.MAX_TASK_IDLE_MS_DISABLED));
    // The 100 ms of Kafka Streams would be the better part of an alert's latency.
    TUNED.put(ProducerConfig.LINGER_MS_CONFIG, "5");
    // A dead letter is larger than its record, which may be as large as the brokers' limit.
    TUNED.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, String.valueOf(Settings.OUTPUT_MAX_BYTES));
  }

  /// Settings that the guarantees rest on, with the reason.
  private static final Map<String, String> FIXED =
      Map.of(
          StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
          "Weir sends bad records to weir.dead.letter.topic and stops at any other error",
          StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG,
          "Weir stops when Kafka refuses an output, so that none is dropped",
          StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
          "Weir reads bytes, which cannot fail; bad records go to weir.dead.letter.topic",
          StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG,
          "use weir.dead.letter.topic",
          StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG,
          "alerts keep the timestamps of their events");

  private static final Map<String, ConfigDef> PREFIXES = new LinkedHashMap<>();

  static {
    PREFIXES.put(StreamsConfig.MAIN_CONSUMER_PREFIX, ConsumerConfig.configDef());
    PREFIXES.put(StreamsConfig.RESTORE_CONSUMER_PREFIX, ConsumerConfig.configDef());
    PREFIXES.put(StreamsConfig.GLOBAL_CONSUMER_PREFIX, ConsumerConfig.configDef());
    PREFIXES.put(StreamsConfig.CONSUMER_PREFIX, ConsumerConfig.configDef());
    PREFIXES.put(StreamsConfig.PRODUCER_PREFIX, ProducerConfig.configDef());
    PREFIXES.put(StreamsConfig.ADMIN_CLIENT_PREFIX, AdminClientConfig.configDef());
  }

  private static final List<String> FREE_PREFIXES =
      List.of(StreamsConfig.TOPIC_PREFIX, StreamsConfig.CLIENT_TAG_PREFIX, "config.providers");

  private final Map<String, String> given;

  StreamsProperties(Map<String, String> given) {
    this.given = Map.copyOf(given);
  }

  /// The tuned defaults that nothing given replaces.
  Map<String, String> defaults() {
    Map<String, String> defaults = new TreeMap<>(TUNED);
    defaults
        .keySet()
        .removeIf(
            key ->
                given.containsKey(key)
                    || PREFIXES.keySet().stream().anyMatch(p -> given.containsKey(p + key)));
    return defaults;
  }

  /// Everything for Kafka Streams, the dead letters' topic included.
  Map<String, Object> properties(String deadLetterTopic) {
    Map<String, Object> properties = new HashMap<>(TUNED);
    properties.putAll(given);
    properties.put(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, deadLetterTopic);
    return properties;
  }

  /// The longest time between two polls before the group gives up on the main consumer, in
  /// milliseconds.
  long maxPollIntervalMs() {
    String key = ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG;
    for (String prefix :
        List.of(StreamsConfig.MAIN_CONSUMER_PREFIX, StreamsConfig.CONSUMER_PREFIX, "")) {
      String value = given.get(prefix + key);
      if (value != null && value.matches("\\d{1,10}")) {
        return Long.parseLong(value);
      }
    }
    return ((Number) ConsumerConfig.configDef().defaultValues().get(key)).longValue();
  }

  /// Values that Kafka would refuse, and settings that are not the user's to change.
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    FIXED.forEach(
        (key, reason) -> {
          if (given.containsKey(key)) {
            problems.add(key + " cannot be set: " + reason);
          }
        });
    check(given, StreamsConfig.configDef(), "", problems);
    PREFIXES.forEach((prefix, definition) -> check(below(prefix), definition, prefix, problems));
    Map<String, String> unprefixed = new TreeMap<>(given);
    unprefixed.keySet().removeAll(StreamsConfig.configDef().names());
    check(unprefixed, ConsumerConfig.configDef(), "", problems);
    unprefixed.keySet().removeAll(ConsumerConfig.configNames());
    check(unprefixed, ProducerConfig.configDef(), "", problems);
    return problems;
  }

  /// Keys that neither Kafka Streams nor a client of it knows; only a plug-in could.
  List<String> warnings() {
    Set<String> known = new TreeSet<>(StreamsConfig.configDef().names());
    PREFIXES.forEach(
        (prefix, definition) -> {
          known.addAll(definition.names());
          definition.names().forEach(name -> known.add(prefix + name));
        });
    List<String> warnings = new ArrayList<>();
    for (String key : new TreeSet<>(given.keySet())) {
      if (!known.contains(key) && FREE_PREFIXES.stream().noneMatch(key::startsWith)) {
        warnings.add(
            "Kafka has no setting "
                + key
                + ", it is only passed on"
                + NearestNames.of(key, known).map(near -> "; the nearest is " + near).orElse(""));
      }
    }
    return warnings;
  }

  private Map<String, String> below(String prefix) {
    Map<String, String> below = new TreeMap<>();
    given.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            below.put(key.substring(prefix.length()), value);
          }
        });
    return below;
  }

  private static void check(
      Map<String, String> settings, ConfigDef definition, String prefix, List<String> problems) {
    for (ConfigValue value : definition.validate(settings)) {
      if (settings.containsKey(value.name())
          && !SettingKeys.DEFINITION.names().contains(value.name())) {
        // A value that cannot be parsed draws a second message about its absence.
        value.errorMessages().stream()
            .limit(1)
            .forEach(message -> problems.add(message.replace(value.name(), prefix + value.name())));
      }
    }
  }
}
