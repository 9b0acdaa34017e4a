package io.weir.streams.ops.topics;

import io.weir.streams.config.InputTopics;
import io.weir.streams.config.Settings;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the brokers about topics. Every method throws the [KafkaException] that the brokers answer
/// with.
public final class TopicClient {
  private static final Logger LOG = LoggerFactory.getLogger(TopicClient.class);

  private static final List<String> LOOKED_AT =
      List.of(
          TopicConfig.CLEANUP_POLICY_CONFIG,
          TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
          TopicConfig.RETENTION_MS_CONFIG);

  private final Admin admin;

  public TopicClient(Admin admin) {
    this.admin = admin;
  }

  /// Names of the topics to read; with a pattern, those that match now.
  List<String> inputs(Settings settings) {
    return switch (settings.input()) {
      case InputTopics.Listed(List<String> topics) -> topics;
      case InputTopics.Matching matching -> {
        Collection<String> all = get(admin.listTopics().names());
        List<String> topics = all.stream().filter(matching::includes).sorted().toList();
        if (topics.isEmpty()) {
          LOG.warn(
              "No topic matches weir.input.pattern = {} yet; a new one is noticed within"
                  + " metadata.max.age.ms",
              matching.pattern());
        }
        yield topics;
      }
    };
  }

  /// Partitions and replicas of a topic, empty if there is no such topic.
  Optional<FoundTopic> find(String topic) {
    try {
      TopicDescription description =
          get(admin.describeTopics(List.of(topic)).topicNameValues().get(topic));
      return Optional.of(
          new FoundTopic(
              description.partitions().size(),
              description.partitions().getFirst().replicas().size(),
              Map.of()));
    } catch (UnknownTopicOrPartitionException e) {
      return Optional.empty();
    }
  }

  /// The configs of a topic that Weir looks at; empty if they may not be read.
  Map<String, String> configs(String topic) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try {
      Config all = get(admin.describeConfigs(List.of(resource)).values().get(resource));
      Map<String, String> configs = new TreeMap<>();
      for (String key : LOOKED_AT) {
        ConfigEntry entry = all.get(key);
        if (entry != null && entry.value() != null) {
          configs.put(key, entry.value());
        }
      }
      return configs;
    } catch (AuthorizationException e) {
      LOG.warn("The configs of topic {} may not be read (DescribeConfigs): not compared", topic);
      return Map.of();
    }
  }

  /// Creates a topic.
  ///
  /// @param partitions empty for the brokers' default
  /// @return false if it was there already
  boolean create(NeededTopic topic, OptionalInt partitions) {
    Optional<Integer> number =
        partitions.isPresent() ? Optional.of(partitions.getAsInt()) : Optional.empty();
    try {
      get(
          admin
              .createTopics(
                  List.of(
                      new NewTopic(topic.name(), number, Optional.empty())
                          .configs(topic.configs())))
              .all());
      return true;
    } catch (TopicExistsException e) {
      return false;
    }
  }

  private static <T> T get(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    }
  }
}
