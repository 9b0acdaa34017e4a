package io.weir.streams.ops;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.PatternType.LITERAL;
import static org.apache.kafka.common.resource.PatternType.PREFIXED;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.apache.kafka.common.resource.ResourceType.TRANSACTIONAL_ID;

import io.weir.streams.config.SettingKeys;
import io.weir.streams.config.Settings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.common.acl.AclOperation;

/// Every right that the processor needs, and none that it does not. Tests take the rights away one
/// by one on a real broker, and compare the ACL script and the Helm chart with this list.
public final class RequiredAccess {
  private RequiredAccess() {}

  /// What a processor needs in all.
  ///
  /// @param inputs names of the input topics; with `weir.input.pattern`, those that match
  /// @param exactlyOnce whether `processing.guarantee` is `exactly_once_v2`
  /// @param changelogs the topics of what is kept between events
  public static List<AccessRule> of(
      Settings settings,
      Collection<String> inputs,
      boolean exactlyOnce,
      Collection<String> changelogs) {
    List<AccessRule> rules = new ArrayList<>(events(settings, inputs));
    if (exactlyOnce) {
      rules.add(transactions(settings));
    }
    changelogs.forEach(topic -> rules.addAll(changelog(topic)));
    return rules;
  }

  /// What reading events and writing about them takes.
  static List<AccessRule> events(Settings settings, Collection<String> inputs) {
    List<AccessRule> rules = new ArrayList<>();
    for (String input : inputs) {
      rules.add(topic(input, READ, "an input topic"));
    }
    rules.add(
        new AccessRule(GROUP, LITERAL, settings.applicationId(), READ, SettingKeys.APPLICATION_ID));
    rules.add(topic(settings.alertsTopic(), WRITE, SettingKeys.ALERTS_TOPIC));
    settings
        .scoresTopic()
        .ifPresent(scores -> rules.add(topic(scores, WRITE, SettingKeys.SCORES_TOPIC)));
    rules.add(topic(settings.deadLetterTopic(), WRITE, SettingKeys.DEAD_LETTER_TOPIC));
    return rules;
  }

  /// Kafka Streams names its transactions `<application.id>-<process>-<thread>`.
  static AccessRule transactions(Settings settings) {
    return new AccessRule(
        TRANSACTIONAL_ID,
        PREFIXED,
        settings.applicationId() + "-",
        WRITE,
        SettingKeys.APPLICATION_ID + ", exactly_once_v2");
  }

  /// Kafka Streams creates a changelog, writes it, and reads it when its store is restored.
  static List<AccessRule> changelog(String changelog) {
    String origin = SettingKeys.APPLICATION_ID + ", what is kept between events";
    return List.of(
        topic(changelog, CREATE, origin),
        topic(changelog, READ, origin),
        topic(changelog, WRITE, origin));
  }

  private static AccessRule topic(String name, AclOperation operation, String setting) {
    return new AccessRule(TOPIC, LITERAL, name, operation, setting);
  }
}
