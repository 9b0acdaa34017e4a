package io.weir.streams.ops.topics;

import io.weir.streams.config.InputTopics;
import io.weir.streams.config.Settings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.TopicConfig;

/// A topic that a configuration needs: the one list of them, for the check at start, the plan and
/// the watch.
///
/// @param configs what it is created with, beyond the brokers' defaults
public record NeededTopic(Role role, String name, Map<String, String> configs) {
  /// The output topics and the input topics that the settings name, inputs first.
  public static List<NeededTopic> named(Settings settings) {
    return switch (settings.input()) {
      case InputTopics.Listed(List<String> topics) -> of(settings, topics);
      case InputTopics.Matching _ -> of(settings, List.of());
    };
  }

  /// @param inputs names of the input topics
  static List<NeededTopic> of(Settings settings, Collection<String> inputs) {
    List<NeededTopic> topics = new ArrayList<>();
    inputs.forEach(name -> topics.add(new NeededTopic(Role.INPUT, name, Map.of())));
    topics.add(output(Role.ALERTS, settings.alertsTopic()));
    settings.scoresTopic().ifPresent(name -> topics.add(output(Role.SCORES, name)));
    topics.add(output(Role.DEAD_LETTERS, settings.deadLetterTopic()));
    return topics;
  }

  /// A topic of what is kept between events.
  public static NeededTopic kept(Role role, String name) {
    return new NeededTopic(
        role, name, Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
  }

  private static NeededTopic output(Role role, String name) {
    Map<String, String> configs = new TreeMap<>();
    // Whatever the brokers' default: compaction would keep one alert of a key, and refuse keyless.
    configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
    configs.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(Settings.OUTPUT_MAX_BYTES));
    // Outputs have the timestamps of their events, and input topics may take any.
    configs.put(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, String.valueOf(Long.MAX_VALUE));
    role.retention()
        .ifPresent(
            time -> configs.put(TopicConfig.RETENTION_MS_CONFIG, String.valueOf(time.toMillis())));
    return new NeededTopic(role, name, configs);
  }
}
