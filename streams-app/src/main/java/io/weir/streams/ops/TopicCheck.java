package io.weir.streams.ops;

import io.weir.streams.config.InputTopics;
import io.weir.streams.config.Settings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether every topic is there, before the first event is read.
///
/// Kafka Streams itself would stop at a missing input topic with a stack trace, and find out about
/// a missing output topic with the first alert.
public final class TopicCheck {
  private static final Logger LOG = LoggerFactory.getLogger(TopicCheck.class);

  private final Settings settings;
  private final Admin admin;

  private TopicCheck(Settings settings, Admin admin) {
    this.settings = settings;
    this.admin = admin;
  }

  /// Checks, and creates missing output topics if the settings say so.
  ///
  /// @throws StartRefusedException naming every missing topic and how to create it
  public static void run(Settings settings) throws StartRefusedException {
    try (Admin admin = BrokerConnection.open(settings)) {
      new TopicCheck(settings, admin).topics();
    } catch (KafkaException e) {
      throw new StartRefusedException(
          "bootstrap.servers = "
              + settings.bootstrapServers()
              + ": "
              + e.getMessage()
              + (e.getCause() == null ? "" : " (" + e.getCause().getMessage() + ")"),
          e);
    }
  }

  private void topics() throws StartRefusedException {
    List<String> missing = new ArrayList<>();
    int partitions = 1;
    for (String topic : inputs()) {
      Optional<TopicDescription> description = describe(topic);
      if (description.isEmpty()) {
        missing.add("input topic " + topic);
      } else {
        partitions = Math.max(partitions, description.get().partitions().size());
      }
    }
    List<String> commands = new ArrayList<>();
    for (String topic : outputs()) {
      if (describe(topic).isEmpty()) {
        if (settings.createTopics()) {
          create(topic, partitions);
        } else {
          missing.add("output topic " + topic);
          commands.add(
              "kafka-topics.sh --bootstrap-server "
                  + settings.bootstrapServers()
                  + " --create --topic "
                  + topic
                  + " --partitions "
                  + partitions
                  + " --config "
                  + TopicConfig.MAX_MESSAGE_BYTES_CONFIG
                  + "="
                  + Settings.OUTPUT_MAX_BYTES);
        }
      }
    }
    if (!missing.isEmpty()) {
      throw new StartRefusedException(
          "There is no "
              + String.join(", no ", missing)
              + "."
              + (commands.isEmpty()
                  ? " Check weir.input.topics."
                  : " Create what is missing, or set weir.topics.create=true for the output"
                      + " topics:\n"
                      + "  "
                      + String.join("\n  ", commands)));
    }
  }

  private Collection<String> inputs() {
    return switch (settings.input()) {
      case InputTopics.Listed(List<String> topics) -> topics;
      case InputTopics.Matching matching -> {
        List<String> topics =
            BrokerConnection.get(admin.listTopics().names()).stream()
                .filter(matching::includes)
                .toList();
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

  private Set<String> outputs() {
    Set<String> outputs = new LinkedHashSet<>();
    outputs.add(settings.alertsTopic());
    settings.scoresTopic().ifPresent(outputs::add);
    outputs.add(settings.deadLetterTopic());
    return outputs;
  }

  private Optional<TopicDescription> describe(String topic) {
    try {
      return Optional.of(
          BrokerConnection.get(admin.describeTopics(List.of(topic)).topicNameValues().get(topic)));
    } catch (UnknownTopicOrPartitionException e) {
      return Optional.empty();
    }
  }

  private void create(String topic, int partitions) {
    try {
      BrokerConnection.get(
          admin
              .createTopics(
                  List.of(
                      new NewTopic(topic, Optional.of(partitions), Optional.empty())
                          .configs(
                              Map.of(
                                  TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                                  String.valueOf(Settings.OUTPUT_MAX_BYTES)))))
              .all());
      LOG.info("Created topic {} with {} partitions", topic, partitions);
    } catch (TopicExistsException e) {
      LOG.debug("Another instance created {}", topic, e);
    }
  }
}
