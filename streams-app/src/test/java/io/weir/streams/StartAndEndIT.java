package io.weir.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.streams.fixture.Cluster;
import io.weir.streams.fixture.Payments;
import io.weir.streams.fixture.TinyModel;
import io.weir.streams.fixture.TinyWindowModel;
import io.weir.streams.ops.StartRefusedException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
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

/// What a start checks and refuses, and how it ends.
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
        .hasMessageContaining("./weir topics --create --config FILE");
  }

  @Test
  void aPortInUseIsRefusedBeforeAnythingElse() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      assertThatThrownBy(
              () ->
                  WeirApplication.start(cluster.settings("unseen", Map.of("weir.http.port", port))))
          .isInstanceOf(StartRefusedException.class)
          .hasMessage(
              "weir.http.host = 127.0.0.1, weir.http.port = "
                  + port
                  + " cannot be listened at (Address already in use): give another port, 0 for any"
                  + " free one, or -1 for no HTTP");
    }
    assertThatThrownBy(
            () ->
                WeirApplication.start(
                    cluster.settings(
                        "unseen",
                        Map.of("weir.http.port", "0", "weir.http.host", "no-such-host.invalid"))))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("weir.http.host = no-such-host.invalid");
    assertThat(weirThreads()).isEmpty();
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
    Map<String, String> settings =
        Map.of("main.consumer.interceptor.classes", "no.such.Class", "weir.http.port", "0");
    assertThatThrownBy(() -> WeirApplication.start(cluster.settings("nowhere", settings)))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("Kafka Streams does not start");
    assertThat(weirThreads()).isEmpty();
  }

  private static List<String> weirThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("weir-"))
        .toList();
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
    Map<String, String> settings = Map.of("weir.dead.letter.topic", "large-made-dead");
    assertThat(
            WeirTopics.run(
                cluster.settings("large", settings),
                true,
                false,
                new PrintWriter(new StringWriter())))
        .isZero();
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
