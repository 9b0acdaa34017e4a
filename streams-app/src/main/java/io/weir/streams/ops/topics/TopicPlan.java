package io.weir.streams.ops.topics;

import io.weir.streams.config.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.apache.kafka.common.config.TopicConfig;

/// Every topic that a configuration needs, and how it stands. Nothing that is there is ever
/// changed.
///
/// @param settings it was made for
/// @param topics inputs first, then outputs, then those of Kafka Streams
public record TopicPlan(Settings settings, List<PlannedTopic> topics) {
  public TopicPlan {
    topics = List.copyOf(topics);
  }

  /// Which topics are there, for the check at start. Asks for no more than that, since it may be
  /// all that the processor is allowed to ask.
  public static TopicPlan names(Settings settings, TopicClient client) {
    List<NeededTopic> needs = NeededTopic.of(settings, client.inputs(settings));
    List<PlannedTopic> found = new ArrayList<>();
    for (NeededTopic need : needs) {
      found.add(new PlannedTopic(need, OptionalInt.empty(), client.find(need.name()), false));
    }
    OptionalInt partitions =
        found.stream()
            .filter(topic -> topic.need().role() == Role.INPUT)
            .flatMap(topic -> topic.found().stream())
            .mapToInt(FoundTopic::partitions)
            .max();
    return new TopicPlan(settings, withPartitions(found, partitions));
  }

  /// The whole plan, with configs.
  ///
  /// @param kept topics of what is kept between events
  public static TopicPlan whole(Settings settings, TopicClient client, List<NeededTopic> kept) {
    TopicPlan names = names(settings, client);
    List<PlannedTopic> topics = new ArrayList<>(names.topics);
    OptionalInt partitions = topics.getFirst().partitions();
    kept.forEach(
        need -> topics.add(new PlannedTopic(need, partitions, client.find(need.name()), false)));
    topics.replaceAll(topic -> withConfigs(topic, client));
    return new TopicPlan(settings, topics);
  }

  /// Creates the missing output topics, unless an input topic is missing, too: the outputs have as
  /// many partitions as the largest input.
  ///
  /// @return the plan as it stands then
  public TopicPlan create(TopicClient client) {
    if (topics.stream().anyMatch(topic -> topic.isLacking() && !topic.need().role().isOutput())) {
      return this;
    }
    List<PlannedTopic> now = new ArrayList<>();
    for (PlannedTopic topic : topics) {
      if (!topic.isLacking()) {
        now.add(topic);
      } else if (client.create(topic.need(), topic.partitions())) {
        now.add(topic.asCreated());
      } else {
        // Somebody else was faster.
        now.add(
            withConfigs(
                new PlannedTopic(
                    topic.need(), topic.partitions(), client.find(topic.need().name()), false),
                client));
      }
    }
    return new TopicPlan(settings, now);
  }

  /// The topics that somebody must create before a start.
  public List<PlannedTopic> lacking() {
    return topics.stream().filter(PlannedTopic::isLacking).toList();
  }

  /// Commands of Kafka's own tools that create the missing output topics.
  public List<String> createCommands() {
    return topics.stream()
        .filter(topic -> topic.isLacking() && topic.need().role().isOutput())
        .map(this::createCommand)
        .toList();
  }

  /// Commands of Kafka's own tools that change the output topics that differ.
  public List<String> alterCommands() {
    return topics.stream()
        .filter(topic -> topic.state() == PlannedTopic.State.DIFFERS)
        .filter(topic -> topic.need().role().isOutput())
        .map(this::alterCommand)
        .toList();
  }

  private String createCommand(PlannedTopic topic) {
    StringBuilder command = new StringBuilder("kafka-topics.sh").append(connection());
    command.append(" --create --if-not-exists --topic ").append(topic.need().name());
    topic.partitions().ifPresent(number -> command.append(" --partitions ").append(number));
    topic
        .need()
        .configs()
        .forEach((key, value) -> command.append(" --config " + key + "=" + value));
    return command.toString();
  }

  private String alterCommand(PlannedTopic topic) {
    return "kafka-configs.sh"
        + connection()
        + " --alter --entity-type topics --entity-name "
        + topic.need().name()
        + " --add-config "
        + TopicConfig.CLEANUP_POLICY_CONFIG
        + "="
        + topic.need().configs().get(TopicConfig.CLEANUP_POLICY_CONFIG)
        + ","
        + TopicConfig.MAX_MESSAGE_BYTES_CONFIG
        + "="
        + topic.need().configs().get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
  }

  private String connection() {
    return " --bootstrap-server "
        + settings.bootstrapServers()
        + (settings.kafka().containsKey("security.protocol")
            ? " --command-config CLIENT.properties"
            : "");
  }

  private static PlannedTopic withConfigs(PlannedTopic topic, TopicClient client) {
    return new PlannedTopic(
        topic.need(),
        topic.partitions(),
        topic
            .found()
            .map(
                found ->
                    new FoundTopic(
                        found.partitions(),
                        found.replication(),
                        client.configs(topic.need().name()))),
        topic.created());
  }

  private static List<PlannedTopic> withPartitions(
      List<PlannedTopic> topics, OptionalInt partitions) {
    return topics.stream()
        .map(topic -> new PlannedTopic(topic.need(), partitions, topic.found(), false))
        .toList();
  }
}
