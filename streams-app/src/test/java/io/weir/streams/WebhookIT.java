package io.weir.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.weir.schemas.event.Alert;
import io.weir.schemas.json.EventJson;
import io.weir.streams.fixture.Await;
import io.weir.streams.fixture.Cluster;
import io.weir.streams.fixture.HookReceiver;
import io.weir.streams.fixture.HookReceiver.Request;
import io.weir.streams.fixture.WeirJvm;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `./weir webhook` between a real broker and a real HTTP server.
@Timeout(300)
class WebhookIT {
  private static final String SECRET = "hush hush";

  @TempDir static Path directory;
  private static Cluster cluster;
  private static KafkaAvroSerializer serializer;

  @BeforeAll
  static void start() throws Exception {
    cluster = Cluster.start(directory);
    serializer = cluster.officialSerializer();
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
  }

  @Test
  void alertsArriveSignedInOrderAndWhatIsRefusedIsKept() throws Exception {
    topics("hooked");
    try (HookReceiver receiver = new HookReceiver(WebhookIT::answer);
        KafkaProducer<byte[], byte[]> producer = cluster.producer();
        WeirJvm hook = start("hooked", receiver, "flow.log", Map.of())) {
      hook.awaitOutput("The webhook has the partitions [hooked-0, hooked-1]");
      for (int i = 0; i < 20; i++) {
        send(producer, "hooked", 0, alert(i, i == 3 ? "LOW" : "HIGH"));
      }
      producer.send(new ProducerRecord<>("hooked", 1, null, new byte[] {1, 2, 3}));
      send(producer, "hooked", 1, alert(100, "CRITICAL"));
      producer.flush();

      Await.until(
          "the end of both partitions",
          Duration.ofMinutes(2),
          () -> taken(receiver),
          taken -> taken.contains("id-19") && taken.contains("id-100"));
      hook.terminateNow();
      assertThat(hook.exitCode()).as(hook::toString).isZero();

      // Old alerts, from before the group's first start, are not posted; neither are mild ones.
      List<String> wanted =
          IntStream.range(0, 20)
              .filter(i -> i != 3 && i != 7 && i != 9)
              .mapToObj(i -> "id-" + i)
              .toList();
      assertThat(taken(receiver).stream().filter(id -> !id.equals("id-100")))
          .containsExactlyElementsOf(wanted);
      assertThat(receiver.requests())
          .allSatisfy(
              request -> {
                assertThat(request.isSignedBy(SECRET)).isTrue();
                assertThat(request.isSignedBy("another")).isFalse();
                assertThat(request.header("Authorization")).isEqualTo("Bearer quiet");
                assertThat(request.header("Content-Type")).isEqualTo("application/json");
                assertThat(Duration.between(request.signedAt(), Instant.now()).abs())
                    .isLessThan(Duration.ofMinutes(5));
              });
      assertThat(attempts(receiver, "id-5")).as("503 twice, then 200").isEqualTo(3);
      assertThat(attempts(receiver, "id-7")).as("400").isEqualTo(1);
      assertThat(attempts(receiver, "id-9")).as("500 for ever").isEqualTo(4);
      assertThat(body(receiver, "id-100")).isEqualTo(EventJson.line(alert(100, "CRITICAL")));

      Map<String, ConsumerRecord<byte[], byte[]>> letters = letters("hooked", 3);
      assertThat(letters.keySet())
          .containsExactlyInAnyOrder(
              "HTTP 400",
              "HTTP 500",
              "no alert: it is not in the Confluent" + " wire format, a zero byte and a schema id");
      ConsumerRecord<byte[], byte[]> refused = letters.get("HTTP 400");
      assertThat(refused.value()).isEqualTo(serializer.serialize("hooked", alert(7, "HIGH")));
      assertThat(header(refused, "origin")).isEqualTo("kept");
      assertThat(header(refused, "weir.webhook.status")).isEqualTo("400");
      assertThat(header(refused, "weir.webhook.offset")).isEqualTo("8");
      assertThat(header(letters.get("HTTP 500"), "weir.webhook.attempts")).isEqualTo("4");

      assertThat(lag("hooked")).isZero();
      assertThat(hook.output())
          .contains("18 alerts posted")
          .contains("1 below weir.webhook.min.severity, 3 dead letters")
          .doesNotContain("hush")
          .doesNotContain("quiet")
          .doesNotContain("token-in-the-path")
          .doesNotContain("Exception");
    }
  }

  @Test
  void killedTwiceItLosesNothing() throws Exception {
    topics("killed");
    int count = 240;
    try (HookReceiver receiver = new HookReceiver((id, attempt) -> 200);
        KafkaProducer<byte[], byte[]> producer = cluster.producer()) {
      try (WeirJvm first = start("killed", receiver, "kill-1.log", Map.of())) {
        first.awaitOutput("The webhook has the partitions");
        for (int i = 0; i < count; i++) {
          send(producer, "killed", i % 2, alert(i, "HIGH"));
        }
        producer.flush();
        await(receiver, count / 4);
        first.kill();
      }
      try (WeirJvm second = start("killed", receiver, "kill-2.log", Map.of())) {
        await(receiver, count / 2);
        second.kill();
      }
      try (WeirJvm third = start("killed", receiver, "kill-3.log", Map.of())) {
        await(receiver, count);
        third.terminateNow();
        assertThat(third.exitCode()).as(third::toString).isZero();
      }
      for (int partition = 0; partition < 2; partition++) {
        int each = partition;
        Set<String> firsts = new LinkedHashSet<>(taken(receiver));
        firsts.removeIf(id -> Integer.parseInt(id.substring(3)) % 2 != each);
        assertThat(firsts)
            .as("each alert of partition %d, in order", partition)
            .containsExactlyElementsOf(
                IntStream.range(0, count)
                    .filter(i -> i % 2 == each)
                    .mapToObj(i -> "id-" + i)
                    .toList());
      }
      assertThat(lag("killed")).isZero();
    }
  }

  @Test
  void aMissingTopicIsSaidWithItsCure() throws Exception {
    cluster.createTopic("alone", 1, Map.of());
    try (HookReceiver receiver = new HookReceiver((id, attempt) -> 200);
        WeirJvm hook = start("alone", receiver, "alone.log", Map.of())) {
      assertThat(hook.exitCode()).as(hook::toString).isEqualTo(1);
      assertThat(hook.output())
          .contains("There is no topic alone-hook-dead: check weir.webhook.dead.letter.topic")
          .contains("kafka-topics.sh --bootstrap-server")
          .doesNotContain("Exception");
    }
  }

  /// What the receiver says.
  private static int answer(String id, int attempt) {
    return switch (id) {
      case "id-5" -> attempt < 3 ? 503 : 204;
      case "id-7" -> 400;
      case "id-9" -> 500;
      default -> 200;
    };
  }

  private static void topics(String name) throws Exception {
    cluster.createTopic(name, 2, Map.of());
    cluster.createTopic(name + "-hook-dead", 1, Map.of());
    try (KafkaProducer<byte[], byte[]> producer = cluster.producer()) {
      send(producer, name, 0, alert(-1, "CRITICAL"));
    }
  }

  private static WeirJvm start(
      String topic, HookReceiver receiver, String log, Map<String, String> more) throws Exception {
    Map<String, String> settings = new TreeMap<>();
    settings.put("bootstrap.servers", cluster.bootstrapServers());
    settings.put("weir.schema.registry.url", cluster.registryUrl());
    settings.put("weir.alerts.topic", topic);
    settings.put("weir.webhook.url", receiver.url() + "/token-in-the-path");
    settings.put("weir.webhook.secret", SECRET);
    settings.put("weir.webhook.authorization", "Bearer quiet");
    settings.put("weir.webhook.group.id", topic + "-hook");
    settings.put("weir.webhook.dead.letter.topic", topic + "-hook-dead");
    settings.put("weir.webhook.min.severity", "MEDIUM");
    settings.put("weir.webhook.attempts.max", "4");
    settings.put("weir.webhook.backoff.ms", "50");
    settings.putAll(more);
    return WeirJvm.start(List.of("webhook"), settings, directory.resolve(log));
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer, String topic, int partition, Alert alert) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, partition, null, serializer.serialize(topic, alert));
    record.headers().add("origin", "kept".getBytes(StandardCharsets.UTF_8));
    producer.send(record);
  }

  private static Alert alert(int i, String severity) {
    return Alert.newBuilder()
        .setId("id-" + i)
        .setSeverity(severity)
        .setKey(ByteBuffer.wrap(new byte[] {(byte) i}))
        .setScore(i + 0.1f)
        .setSentence("Grund „" + i + "“")
        .setFeatures(List.of())
        .build();
  }

  private static void await(HookReceiver receiver, int count) throws Exception {
    Await.until(
        count + " alerts",
        Duration.ofMinutes(2),
        () -> new LinkedHashSet<>(taken(receiver)).size(),
        taken -> taken >= count);
  }

  private static List<String> taken(HookReceiver receiver) {
    return receiver.requests().stream()
        .filter(request -> request.status() < 300)
        .map(Request::id)
        .toList();
  }

  private static long attempts(HookReceiver receiver, String id) {
    return receiver.requests().stream().filter(request -> request.id().equals(id)).count();
  }

  private static String body(HookReceiver receiver, String id) {
    return receiver.requests().stream()
        .filter(request -> request.id().equals(id))
        .map(request -> new String(request.body(), StandardCharsets.UTF_8))
        .findFirst()
        .orElseThrow();
  }

  /// By their reasons.
  private static Map<String, ConsumerRecord<byte[], byte[]>> letters(String name, int count) {
    Map<String, ConsumerRecord<byte[], byte[]>> letters = new TreeMap<>();
    cluster
        .read(name + "-hook-dead", new ByteArrayDeserializer(), all -> all.size() >= count)
        .forEach(letter -> letters.put(header(letter, "weir.webhook.reason"), letter));
    return letters;
  }

  private static String header(ConsumerRecord<?, ?> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
  }

  /// Records that the group has not committed.
  private static long lag(String topic) throws Exception {
    try (Admin admin = cluster.admin()) {
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin.listConsumerGroupOffsets(topic + "-hook").partitionsToOffsetAndMetadata().get();
      List<TopicPartition> partitions = new ArrayList<>(committed.keySet());
      assertThat(partitions).hasSize(2);
      return cluster.length(topic)
          - committed.values().stream().mapToLong(OffsetAndMetadata::offset).sum();
    }
  }
}
