package io.weir.streams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.streams.config.Settings;
import io.weir.streams.fixture.Await;
import io.weir.streams.fixture.Cluster;
import io.weir.streams.fixture.TinyWindowModel;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The topics of a configuration, planned and created on a real broker.
@Timeout(180)
class TopicsIT {
  @TempDir static Path directory;
  private static Cluster cluster;
  private static Admin admin;

  @BeforeAll
  static void start() throws Exception {
    cluster = Cluster.start(directory);
    admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()));
  }

  @AfterAll
  static void stop() throws Exception {
    admin.close();
    cluster.close();
  }

  @Test
  void aPlanCreatesNothingAndCreatingTwiceDoesItOnce() throws Exception {
    create("new", 3, Map.of());
    Settings settings = cluster.settings("new", Map.of());
    Run plan = run(settings, false);
    assertThat(plan.exit()).isEqualTo(1);
    assertThat(plan.states())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "new", "present",
                "new-alerts", "missing",
                "new-scores", "missing",
                "new-dead", "missing"));
    assertThat(names()).contains("new").doesNotContain("new-alerts", "new-scores", "new-dead");
    assertThat(plan.json().get("commands").get(0).asText())
        .isEqualTo(
            "kafka-topics.sh --bootstrap-server "
                + cluster.bootstrapServers()
                + " --create --if-not-exists --topic new-alerts --partitions 3 --config"
                + " cleanup.policy=delete --config max.message.bytes=16777216 --config"
                + " message.timestamp.after.max.ms=9223372036854775807 --config"
                + " retention.ms=2592000000");

    Run created = run(settings, true);
    assertThat(created.exit()).isZero();
    assertThat(created.states())
        .containsEntry("new-scores", "created")
        .containsEntry("new", "present");
    assertThat(partitions("new-alerts")).isEqualTo(3);
    assertThat(configs("new-alerts"))
        .containsEntry("cleanup.policy", "delete")
        .containsEntry("max.message.bytes", "16777216")
        .containsEntry("message.timestamp.after.max.ms", String.valueOf(Long.MAX_VALUE))
        .containsEntry("retention.ms", String.valueOf(Duration.ofDays(30).toMillis()));
    assertThat(configs("new-scores"))
        .containsEntry("retention.ms", String.valueOf(Duration.ofDays(7).toMillis()));

    Run again = run(settings, true);
    assertThat(again.exit()).isZero();
    assertThat(again.states().values()).containsOnly("present");
    try (WeirApplication application = WeirApplication.start(settings)) {
      assertThat(application.awaitRunning(Duration.ofMinutes(1))).isTrue();
    }
  }

  @Test
  void whatDiffersIsSaidAndLeftAsItIs() throws Exception {
    create("odd", 2, Map.of());
    create("odd-alerts", 1, Map.of("max.message.bytes", "1000000"));
    create("odd-dead", 1, Map.of("cleanup.policy", "compact"));
    Run run = run(cluster.settings("odd", Map.of()), true);
    assertThat(run.exit()).isZero();
    assertThat(run.states())
        .containsEntry("odd-alerts", "differs")
        .containsEntry("odd-dead", "differs")
        .containsEntry("odd-scores", "created");
    assertThat(run.text())
        .contains(
            "max.message.bytes is 1000000, below 16777216: a larger record stops the processor")
        .contains("cleanup.policy is compact, not delete")
        .contains("kafka-configs.sh --bootstrap-server")
        .contains("--entity-name odd-alerts --add-config");
    assertThat(configs("odd-alerts")).containsEntry("max.message.bytes", "1000000");
    assertThat(configs("odd-dead")).containsEntry("cleanup.policy", "compact");
    assertThat(partitions("odd-alerts")).isEqualTo(1);
  }

  @Test
  void withoutItsInputTopicNothingIsCreated() throws Exception {
    Run run = run(cluster.settings("lost", Map.of()), true);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.states()).containsEntry("lost", "missing").containsEntry("lost-dead", "missing");
    assertThat(run.text()).contains("check weir.input.topics");
    assertThat(names()).noneMatch(name -> name.startsWith("lost"));
  }

  @Test
  void thePlanNamesTheTopicsThatKafkaStreamsThenCreates() throws Exception {
    Path model = TinyWindowModel.of(3, null).write(directory.resolve("windows.onnx"));
    Settings settings =
        cluster.settings(
            "kept", Map.of("weir.model.file", model.toString(), "weir.cooldown.ms", "1000"));
    create("kept", 4, Map.of());
    Run created = run(settings, true);
    assertThat(created.exit()).as("what Kafka Streams creates itself is not missing").isZero();
    assertThat(created.states())
        .containsEntry("kept-app-windows-changelog", "missing")
        .containsEntry("kept-app-mute-changelog", "missing");
    assertThat(created.text())
        .contains("Kafka Streams creates it at start: 4 partitions, compacted");
    Set<String> before = names();
    try (WeirApplication application = WeirApplication.start(settings)) {
      assertThat(application.awaitRunning(Duration.ofMinutes(1))).isTrue();
    }
    Set<String> appeared = names();
    appeared.removeAll(before);
    // What was created just before may be listed a moment later only.
    appeared.removeIf(
        name -> name.startsWith("__") || "created".equals(created.states().get(name)));
    assertThat(appeared)
        .containsExactlyInAnyOrder("kept-app-windows-changelog", "kept-app-mute-changelog");
    Run after = run(settings, false);
    assertThat(after.states().values()).containsOnly("present");
    assertThat(partitions("kept-app-windows-changelog")).isEqualTo(4);
  }

  @Test
  void aModelThatIsNotThereYetIsANote() throws Exception {
    create("early", 1, Map.of());
    Run run = run(cluster.settings("early", Map.of("weir.model.file", "/no/model.onnx")), true);
    assertThat(run.exit()).isZero();
    assertThat(run.json().get("notes").get(0).asText())
        .startsWith("Whether there is a topic for windows is not known without the model")
        .contains("/no/model.onnx");
  }

  @Test
  void topicsOfAPatternArePlannedAsTheyAreNow() throws Exception {
    create("many-a", 2, Map.of());
    create("many-b", 5, Map.of());
    Map<String, String> flags = new TreeMap<>(cluster.flags("out", Map.of()));
    flags.remove("weir.input.topics");
    flags.put("weir.input.pattern", "many-.*");
    Run run = run(new io.weir.streams.config.SettingSources().flags(flags).settings(), true);
    assertThat(run.states()).containsEntry("many-a", "present").containsEntry("many-b", "present");
    assertThat(partitions("out-alerts")).isEqualTo(5);
  }

  @Test
  void brokersThatDoNotAnswerAreAFailure() throws Exception {
    Map<String, String> nobody =
        Map.of("bootstrap.servers", "127.0.0.1:1", "weir.start.timeout.ms", "1500");
    StringWriter out = new StringWriter();
    assertThat(WeirTopics.run(cluster.settings("x", nobody), false, false, new PrintWriter(out)))
        .isEqualTo(1);
    assertThat(out.toString()).isEmpty();
  }

  /// What a run printed, as text and as JSON, and its exit code.
  private record Run(int exit, String text, JsonNode json) {
    Map<String, String> states() {
      Map<String, String> states = new TreeMap<>();
      json.get("topics")
          .forEach(topic -> states.put(topic.get("name").asText(), topic.get("state").asText()));
      return states;
    }
  }

  private static Run run(Settings settings, boolean create) throws Exception {
    StringWriter json = new StringWriter();
    int exit = WeirTopics.run(settings, create, true, new PrintWriter(json));
    StringWriter text = new StringWriter();
    WeirTopics.run(settings, false, false, new PrintWriter(text));
    return new Run(exit, text.toString(), new ObjectMapper().readTree(json.toString()));
  }

  private static void create(String topic, int partitions, Map<String, String> configs)
      throws Exception {
    admin
        .createTopics(
            List.of(
                new NewTopic(topic, Optional.of(partitions), Optional.empty()).configs(configs)))
        .all()
        .get();
    // The broker learns of a new topic a moment after the controller has made it.
    Await.until(
        topic + " to be listed",
        Duration.ofSeconds(30),
        TopicsIT::names,
        names -> names.contains(topic));
  }

  private static Set<String> names() throws Exception {
    return admin.listTopics().names().get();
  }

  private static int partitions(String topic) throws Exception {
    return admin
        .describeTopics(List.of(topic))
        .topicNameValues()
        .get(topic)
        .get()
        .partitions()
        .size();
  }

  private static Map<String, String> configs(String topic) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    return admin.describeConfigs(List.of(resource)).values().get(resource).get().entries().stream()
        .filter(entry -> entry.value() != null)
        .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
  }
}
