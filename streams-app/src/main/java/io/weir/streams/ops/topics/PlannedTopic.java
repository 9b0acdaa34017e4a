package io.weir.streams.ops.topics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.common.config.TopicConfig;

/// A needed topic beside what is there.
///
/// @param partitions it is created with; empty for the brokers' default
/// @param found what the brokers have, empty if it is missing
/// @param created whether it was missing and is there now
public record PlannedTopic(
    NeededTopic need, OptionalInt partitions, Optional<FoundTopic> found, boolean created) {
  /// How it stands.
  public enum State {
    PRESENT,
    /// There, but not as Weir needs it.
    DIFFERS,
    MISSING,
    CREATED;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// How it stands.
  public State state() {
    if (created) {
      return State.CREATED;
    }
    if (found.isEmpty()) {
      return State.MISSING;
    }
    return differences().isEmpty() ? State.PRESENT : State.DIFFERS;
  }

  PlannedTopic asCreated() {
    return new PlannedTopic(need, partitions, found, true);
  }

  /// Whether somebody must create it before a start.
  public boolean isLacking() {
    return state() == State.MISSING && !need.role().isKept();
  }

  /// Why what is there would not do: each a sentence with the value, the rule and what follows.
  public List<String> differences() {
    List<String> differences = new ArrayList<>();
    found.ifPresent(
        topic -> {
          cleanup(topic).ifPresent(differences::add);
          size(topic).ifPresent(differences::add);
          partitions(topic).ifPresent(differences::add);
        });
    return differences;
  }

  private Optional<String> cleanup(FoundTopic topic) {
    String wanted = need.configs().get(TopicConfig.CLEANUP_POLICY_CONFIG);
    String policy = topic.configs().get(TopicConfig.CLEANUP_POLICY_CONFIG);
    if (wanted == null || policy == null || policy.equals(wanted)) {
      return Optional.empty();
    }
    return Optional.of(
        "cleanup.policy is %s, not %s: %s"
            .formatted(
                policy,
                wanted,
                need.role().isKept()
                    ? "what it keeps would get lost"
                    : "records of one key would replace each other, those without a key are"
                        + " refused"));
  }

  private Optional<String> size(FoundTopic topic) {
    String wanted = need.configs().get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
    String limit = topic.configs().get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
    if (wanted == null || limit == null || Long.parseLong(limit) >= Long.parseLong(wanted)) {
      return Optional.empty();
    }
    return Optional.of(
        "max.message.bytes is %s, below %s: a larger record stops the processor"
            .formatted(limit, wanted));
  }

  private Optional<String> partitions(FoundTopic topic) {
    boolean wrong =
        need.role().isKept()
            && partitions.isPresent()
            && topic.partitions() != partitions.getAsInt();
    return wrong
        ? Optional.of(
            "it has %d partitions, the largest input topic %d: Kafka Streams refuses to start. Use"
                    .formatted(topic.partitions(), partitions.getAsInt())
                + " another application.id, or reset this one")
        : Optional.empty();
  }
}
