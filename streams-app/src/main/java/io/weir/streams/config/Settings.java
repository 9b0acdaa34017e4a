package io.weir.streams.config;

import io.weir.detector.ExecutionProvider;
import io.weir.schemas.card.ThresholdPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;

/// Checked settings, typed.
///
/// @param applicationId `application.id`
/// @param bootstrapServers `bootstrap.servers`, as text for messages
/// @param input the topics that are scored
/// @param readerSchema Avro schema file that events are read as
/// @param alertsTopic topic for the alerts
/// @param scoresTopic topic for all scores
/// @param deadLetterTopic topic for bad records
/// @param model the ONNX file
/// @param provider where ONNX Runtime computes
/// @param threshold how the threshold is chosen
/// @param eventsPerDay how many events come a day; empty for the model card's number
/// @param batchMax most events per call of ONNX Runtime
/// @param alertFeaturesMax most features that an alert explains
/// @param mute what keeps anomalous events from becoming alerts
/// @param windows what is set for models that look at several events
/// @param registry how to reach the schema registry
/// @param startTimeout longest wait of the checks at start
/// @param shutdownTimeout longest wait of an orderly end
/// @param progressInterval time between two progress lines, zero for none
/// @param http where health and metrics are served
/// @param kafka everything for Kafka Streams, tuned defaults included
/// @param effective what is in force, one line each, secrets hidden
/// @param warnings what looks like a mistake and is none for certain
public record Settings(
    String applicationId,
    String bootstrapServers,
    InputTopics input,
    Optional<Path> readerSchema,
    String alertsTopic,
    Optional<String> scoresTopic,
    String deadLetterTopic,
    Path model,
    ExecutionProvider provider,
    ThresholdPolicy threshold,
    OptionalDouble eventsPerDay,
    int batchMax,
    int alertFeaturesMax,
    Mute mute,
    Windows windows,
    Registry registry,
    Duration startTimeout,
    Duration shutdownTimeout,
    Duration progressInterval,
    Http http,
    Map<String, Object> kafka,
    List<String> effective,
    List<String> warnings) {
  /// The largest output record, in bytes: what Weir's producer sends at most unless told otherwise,
  /// and what the output topics take that Weir creates. Far above the brokers' default limit for
  /// input records, 1 MiB, and far below `buffer.memory`.
  public static final int OUTPUT_MAX_BYTES = 16 * 1024 * 1024;

  public Settings {
    kafka = Map.copyOf(kafka);
    effective = List.copyOf(effective);
    warnings = List.copyOf(warnings);
  }

  /// Whether this instance keeps its place in the group while it is away: `group.instance.id`, in
  /// any of the forms that the main consumer reads.
  public boolean isStaticMember() {
    String key = ConsumerConfig.GROUP_INSTANCE_ID_CONFIG;
    return Stream.of(StreamsConfig.mainConsumerPrefix(key), StreamsConfig.consumerPrefix(key), key)
        .map(kafka::get)
        .anyMatch(value -> value != null && !value.toString().isEmpty());
  }

  /// What keeps anomalous events from becoming alerts of their own.
  ///
  /// @param ignore the texts of ignore rules, by name
  /// @param cooldownMillis after an alert of a key; 0 for none
  /// @param incidentGapMillis most between two events of an incident; 0 for no incidents
  /// @param incidentUpdateMillis how often an incident that goes on makes an alert; 0 for never
  public record Mute(
      SortedMap<String, String> ignore,
      long cooldownMillis,
      long incidentGapMillis,
      long incidentUpdateMillis) {
    public Mute {
      ignore = Collections.unmodifiableSortedMap(new TreeMap<>(ignore));
    }

    /// Whether anything is kept between events.
    public boolean keepsState() {
      return cooldownMillis > 0 || incidentGapMillis > 0;
    }
  }

  /// What is set for models that look at several events.
  ///
  /// @param maxGapMillis the longest pause within a window; empty for the model card's
  /// @param idleExpiryMillis how long after its newest event a key is forgotten
  /// @param nullKey what becomes of records without a key
  public record Windows(OptionalLong maxGapMillis, OptionalLong idleExpiryMillis, NullKey nullKey) {
    /// Whether any of it differs from the defaults.
    public boolean isGiven() {
      return maxGapMillis.isPresent()
          || idleExpiryMillis.isPresent()
          || nullKey != NullKey.DEAD_LETTER;
    }
  }

  /// Where health and metrics are served.
  ///
  /// @param host name or address to listen at
  /// @param port 0 for any free one, -1 for no server
  public record Http(String host, int port) {
    /// Whether there is a server.
    public boolean isServed() {
      return port >= 0;
    }
  }

  /// How to reach the schema registry.
  ///
  /// @param urls tried in turn
  /// @param client settings of the official client, without Weir's prefix
  /// @param autoRegister whether schemas of output topics are registered at start
  /// @param outageMax longest wait of one event for a registry that does not answer
  public record Registry(
      List<String> urls, Map<String, String> client, boolean autoRegister, Duration outageMax) {
    public Registry {
      urls = List.copyOf(urls);
      client = Map.copyOf(client);
    }

    /// The URLs for messages, without the user and password that they may carry.
    public String shown() {
      return Secrets.shown(SettingKeys.REGISTRY_URL, String.join(", ", urls));
    }
  }
}
