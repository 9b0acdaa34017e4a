package io.weir.streams.ops.topics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.TopicConfig;

/// A plan for people, and for programs.
public final class PlanText {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String INDENT = "  ";

  private PlanText() {}

  /// A line for each topic, what differs below it, and the commands at the end.
  ///
  /// @param notes further lines
  public static String text(TopicPlan plan, List<String> notes) {
    int width =
        plan.topics().stream().mapToInt(topic -> topic.need().name().length()).max().orElse(0);
    List<String> lines = new ArrayList<>();
    for (PlannedTopic topic : plan.topics()) {
      lines.add(
          ("%-12s  %-" + width + "s  %-7s  %s")
              .formatted(
                  topic.need().role().text(),
                  topic.need().name(),
                  topic.state().text(),
                  details(topic)));
      topic.differences().forEach(difference -> lines.add(INDENT + difference));
    }
    lines.addAll(notes);
    add(lines, "To create what is missing, with ./weir topics --create or:", plan.createCommands());
    add(lines, "To change what differs, which Weir never does itself:", plan.alterCommands());
    return String.join("\n", lines) + "\n";
  }

  /// The same as a JSON object: `topics`, `notes`, `commands`.
  public static String json(TopicPlan plan, List<String> notes) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("topics", plan.topics().stream().map(PlanText::fields).toList());
    body.put("notes", notes);
    List<String> commands = new ArrayList<>(plan.createCommands());
    commands.addAll(plan.alterCommands());
    body.put("commands", commands);
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(body) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void add(List<String> lines, String title, List<String> commands) {
    if (!commands.isEmpty()) {
      lines.add("");
      lines.add(title);
      commands.forEach(command -> lines.add(INDENT + command));
    }
  }

  private static Map<String, Object> fields(PlannedTopic topic) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("role", topic.need().role().text());
    fields.put("name", topic.need().name());
    fields.put("state", topic.state().text());
    if (topic.need().role() != Role.INPUT) {
      Map<String, Object> wanted = new LinkedHashMap<>();
      topic.partitions().ifPresent(number -> wanted.put("partitions", number));
      wanted.put("configs", topic.need().configs());
      fields.put("wanted", wanted);
    }
    topic
        .found()
        .ifPresent(
            found -> {
              Map<String, Object> there = new LinkedHashMap<>();
              there.put("partitions", found.partitions());
              there.put("replication", found.replication());
              there.put("configs", found.configs());
              fields.put("found", there);
            });
    fields.put("differences", topic.differences());
    return fields;
  }

  private static String details(PlannedTopic topic) {
    if (topic.found().isPresent()) {
      FoundTopic found = topic.found().get();
      return partitions(OptionalInt.of(found.partitions()))
          + ", replication "
          + found.replication()
          + configs(found.configs());
    }
    return switch (topic.need().role()) {
      case INPUT -> "whoever produces the events creates it: check weir.input.topics";
      case WINDOWS, MUTE ->
          "Kafka Streams creates it at start: " + partitions(topic.partitions()) + ", compacted";
      case ALERTS, SCORES, DEAD_LETTERS ->
          partitions(topic.partitions())
              + ", the brokers' default replication"
              + configs(topic.need().configs());
    };
  }

  private static String partitions(OptionalInt number) {
    if (number.isEmpty()) {
      return "the brokers' default number of partitions";
    }
    return number.getAsInt() + (number.getAsInt() == 1 ? " partition" : " partitions");
  }

  private static String configs(Map<String, String> configs) {
    return configs.entrySet().stream()
        .map(config -> ", " + config.getKey() + "=" + config.getValue() + days(config))
        .collect(Collectors.joining());
  }

  private static String days(Map.Entry<String, String> config) {
    long millis =
        config.getKey().equals(TopicConfig.RETENTION_MS_CONFIG)
            ? Long.parseLong(config.getValue())
            : -1;
    return millis < 0 ? "" : " (" + Duration.ofMillis(millis).toDays() + " days)";
  }
}
