package io.weir.streams.replay.pass;

import io.weir.streams.config.Settings;
import io.weir.streams.replay.ReplayFailedException;
import io.weir.streams.replay.ReplayOptions;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// The topic that a replay's alerts go to: never one of the live application's.
final class AlertTopics {
  private final Settings live;
  private final String topic;
  private final String group;
  private final Admin admin;
  private final Clients clients;
  private final int schemaId;

  AlertTopics(ReplayOptions options, String id, Admin admin, Clients clients, int schemaId) {
    this.live = options.first();
    this.topic = options.alertsTopic().orElseThrow();
    this.group = group(id);
    this.admin = admin;
    this.clients = clients;
    this.schemaId = schemaId;
  }

  /// The group of a replay, for which offsets are committed and which has no members.
  static String group(String id) {
    return "weir-replay-" + id;
  }

  /// @param fresh whether this is the replay's first run
  /// @throws ReplayFailedException if the topic is not there, or not the replay's own
  void check(boolean fresh) throws ReplayFailedException {
    if (live.applicationId().equals(group)) {
      throw new ReplayFailedException(
          "--id gives the group %s, which is application.id: give another --id".formatted(group));
    }
    if (topic.equals(live.alertsTopic())
        || topic.equals(live.deadLetterTopic())
        || topic.equals(live.scoresTopic().orElse(null))
        || live.input().includes(topic)) {
      throw new ReplayFailedException(
          "--alerts-topic %s is a topic of the live application: a replay's alerts need one of their own"
              .formatted(topic));
    }
    try {
      FrozenRange.get(admin.describeTopics(List.of(topic)).allTopicNames());
    } catch (UnknownTopicOrPartitionException e) {
      throw new ReplayFailedException(
          "There is no topic %s: create it with kafka-topics.sh --bootstrap-server %s --create --topic %s"
              .formatted(topic, live.bootstrapServers(), topic),
          e);
    }
    if (fresh && !AlertTopic.committed(admin, group).isEmpty()) {
      throw new ReplayFailedException(
          "The group %s has committed offsets: an earlier replay had the same id. Give another --id"
              .formatted(group));
    }
  }

  /// What takes the alerts of a partition.
  AlertTopic of(TopicPartition partition) {
    return new AlertTopic(
        topic, group, partition, clients.producer(group + "-" + partition), admin, schemaId);
  }
}
