package io.weir.streams;

import io.weir.streams.config.InputTopics;
import io.weir.streams.config.Settings;
import io.weir.streams.path.Detection;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;

/// The path of an event: input topics, detection, alerts and scores. Dead letters leave it beside
/// the graph, by the exception handler.
final class WeirTopology {
  static final String EVENTS = "events";
  static final String DETECT = "detect";
  static final String ALERTS = "alerts";
  static final String SCORES = "scores";

  private WeirTopology() {}

  static Topology of(Settings settings, Detection detection, OutputSchemaIds schemaIds) {
    Topology topology = new Topology();
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    EventTimestamps timestamps = new EventTimestamps();
    AutoOffsetReset fromSettings = null;
    switch (settings.input()) {
      case InputTopics.Listed(List<String> topics) ->
          topology.addSource(
              fromSettings, EVENTS, timestamps, bytes, bytes, topics.toArray(String[]::new));
      case InputTopics.Matching(Pattern pattern) ->
          topology.addSource(fromSettings, EVENTS, timestamps, bytes, bytes, pattern);
    }
    topology.addProcessor(
        DETECT,
        () -> new DetectionProcessor(detection, schemaIds, settings.input()::includes),
        EVENTS);
    KeptStore.of(settings, detection.windows().isPresent())
        .forEach(store -> topology.addStateStore(store.builder(), DETECT));
    ByteArraySerializer serializer = new ByteArraySerializer();
    topology.addSink(ALERTS, settings.alertsTopic(), serializer, serializer, DETECT);
    settings
        .scoresTopic()
        .ifPresent(topic -> topology.addSink(SCORES, topic, serializer, serializer, DETECT));
    return topology;
  }
}
