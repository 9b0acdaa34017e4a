package io.weir.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.streams.fixture.Cluster;
import io.weir.streams.fixture.Payments;
import io.weir.streams.fixture.TinyModel;
import io.weir.streams.fixture.TinyWindowModel;
import io.weir.streams.ops.StartRefusedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a start checks, refuses and creates, and how it ends.
@Timeout(180)
class StartAndEndIT {
  @TempDir static Path directory;
  private static Cluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = Cluster.start(directory);
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
  }

  @Test
  void missingTopicsAreNamedTogetherWithTheirCure() {
    assertThatThrownBy(() -> WeirApplication.start(cluster.settings("absent", Map.of())))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("input topic absent")
        .hasMessageContaining("output topic absent-alerts")
        .hasMessageContaining("output topic absent-scores")
        .hasMessageContaining("output topic absent-dead")
        .hasMessageContaining("kafka-topics.sh --bootstrap-server")
        .hasMessageContaining("weir.topics.create=true");
  }

  @Test
  void missingOutputTopicsAreCreatedIfTheSettingsSaySo() throws Exception {
    cluster.createTopics("make", 3);
    Map<String, String> create =
        Map.of("weir.topics.create", "true", "weir.alerts.topic", "made-alerts");
    try (WeirApplication application = WeirApplication.start(cluster.settings("make", create));
        Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
      assertThat(application.failure()).isEmpty();
      assertThat(
              admin
                  .describeTopics(List.of("made-alerts"))
                  .topicNameValues()
                  .get("made-alerts")
                  .get()
                  .partitions())
          .hasSize(3);
    }
  }

  @Test
  void aBrokerThatDoesNotAnswerIsReportedInTime() {
    assertThatThrownBy(
            () ->
                WeirApplication.start(
                    cluster.settings(
                        "whole",
                        Map.of(
                            "bootstrap.servers", "127.0.0.1:1", "weir.start.timeout.ms", "1500"))))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining(
            "No broker answered at bootstrap.servers = 127.0.0.1:1 within 1500 ms");
  }

  @Test
  void aModelWhoseGoldenVectorsDoNotReproduceIsRefused() throws Exception {
    cluster.createTopics("refused", 1);
    Path model =
        Files.write(directory.resolve("wrong.onnx"), TinyModel.bytesWithWrongGoldenVectors());
    assertThatThrownBy(
            () ->
                WeirApplication.start(
                    cluster.settings("refused", Map.of("weir.model.file", model.toString()))))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("golden vector")
        .hasMessageContaining(model.toString());
  }

  @Test
  void whatKafkaRefusesLeavesNothingBehind() throws Exception {
    cluster.createTopics("nowhere", 1);
    Map<String, String> settings = Map.of("main.consumer.interceptor.classes", "no.such.Class");
    assertThatThrownBy(() -> WeirApplication.start(cluster.settings("nowhere", settings)))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("Kafka Streams does not start");
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("weir-"));
  }

  @Test
  void aBlankListOfInterceptorsIsNone() throws Exception {
    cluster.createTopics("blank", 1);
    Map<String, String> settings = Map.of("consumer.interceptor.classes", "");
    try (WeirApplication application = WeirApplication.start(cluster.settings("blank", settings))) {
      assertThat(application.awaitRunning(Duration.ofSeconds(60))).isTrue();
    }
  }

  @Test
  void aSecondEndSaysWhatTheFirstOneSaid() throws Exception {
    cluster.createTopics("ended", 1);
    Map<String, String> hasty = Map.of("weir.shutdown.timeout.ms", "1");
    try (WeirApplication late = WeirApplication.start(cluster.settings("ended", hasty))) {
      assertThat(late.awaitRunning(Duration.ofSeconds(60))).isTrue();
      assertThat(late.end()).as("no thread ends within a millisecond").isFalse();
      assertThat(late.end()).isFalse();
    }
  }

  @Test
  void aBadRecordAsLargeAsTheBrokerTakesIsADeadLetter() throws Exception {
    cluster.createTopics("large", 1);
    Map<String, String> settings =
        Map.of("weir.topics.create", "true", "weir.dead.letter.topic", "large-made-dead");
    byte[] large = new byte[1_048_400];
    large[0] = 1;
    try (WeirApplication application = WeirApplication.start(cluster.settings("large", settings));
        KafkaProducer<byte[], byte[]> producer = cluster.producer()) {
      producer.send(new ProducerRecord<>("large", large)).get();
      List<ConsumerRecord<byte[], byte[]>> letters =
          cluster.read("large-made-dead", new ByteArrayDeserializer(), r -> !r.isEmpty());
      assertThat(letters).singleElement().extracting(ConsumerRecord::value).isEqualTo(large);
      assertThat(application.failure()).isEmpty();
    }
  }

  @Test
  void aRecordWithoutAKeyStopsTheProcessorIfTheSettingsRefuseThem() throws Exception {
    cluster.createTopics("keyless", 1);
    Path windows = TinyWindowModel.of(2, null).write(directory.resolve("keyless.onnx"));
    byte[] value =
        Payments.bytes(cluster.register("keyless", Payments.SCHEMA), Payments.ordinary(1));
    try (KafkaProducer<byte[], byte[]> producer = cluster.producer()) {
      producer.send(new ProducerRecord<>("keyless", new byte[] {1}, value));
      producer.send(new ProducerRecord<>("keyless", null, value)).get();
    }
    try (WeirApplication application =
        WeirApplication.start(
            cluster.settings(
                "keyless",
                Map.of("weir.model.file", windows.toString(), "weir.window.null.key", "refuse")))) {
      application.awaitEnd();
      assertThat(application.failure())
          .hasValueSatisfying(
              text ->
                  assertThat(text)
                      .startsWith("The record at keyless-0 offset 1 has no key")
                      .contains("weir.window.null.key=dead_letter"));
    }
  }

  @Test
  void aStaticMemberKeepsItsPlaceWhileItIsAway() throws Exception {
    cluster.createTopics("static", 2);
    Map<String, String> settings =
        Map.of(
            "group.instance.id",
            "pod-0",
            "consumer.session.timeout.ms",
            "60000",
            "consumer.heartbeat.interval.ms",
            "1000");
    try (WeirApplication first = WeirApplication.start(cluster.settings("static", settings))) {
      assertThat(first.awaitRunning(Duration.ofSeconds(60))).isTrue();
    }
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
      assertThat(members(admin)).containsExactly("pod-0-1");
      try (WeirApplication again = WeirApplication.start(cluster.settings("static", settings))) {
        assertThat(again.awaitRunning(Duration.ofSeconds(30)))
            .as("within the session time-out of the first one")
            .isTrue();
        assertThat(members(admin)).containsExactly("pod-0-1");
      }
    }
  }

  private static List<String> members(Admin admin) throws Exception {
    return admin
        .describeConsumerGroups(List.of("static-app"))
        .describedGroups()
        .get("static-app")
        .get()
        .members()
        .stream()
        .map(member -> member.groupInstanceId().orElse("none"))
        .toList();
  }
}
