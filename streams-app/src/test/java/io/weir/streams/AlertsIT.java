package io.weir.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.weir.schemas.event.Alert;
import io.weir.schemas.json.EventJson;
import io.weir.streams.config.ClientSettings;
import io.weir.streams.config.SettingSources;
import io.weir.streams.fixture.Cluster;
import io.weir.streams.fixture.Command;
import io.weir.streams.fixture.MixedAlerts;
import io.weir.streams.judge.Severity;
import io.weir.streams.tell.AlertFilter;
import io.weir.streams.tell.TailRange;
import io.weir.streams.tell.TailRequest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `./weir alerts` on a real broker.
@Timeout(180)
class AlertsIT {
  private static final String TOPIC = "read-alerts";
  private static final List<Alert> ALERTS = MixedAlerts.of(200, 5);

  @TempDir static Path directory;
  private static Cluster cluster;
  private static KafkaAvroSerializer serializer;

  @BeforeAll
  static void start() throws Exception {
    cluster = Cluster.start(directory);
    serializer = cluster.officialSerializer();
    cluster.createTopic(TOPIC, 2, Map.of("message.timestamp.after.max.ms", "9223372036854775807"));
    try (KafkaProducer<byte[], byte[]> producer = cluster.producer()) {
      producer.send(new ProducerRecord<>(TOPIC, 0, null, new byte[] {7, 7}));
      producer.send(new ProducerRecord<>(TOPIC, 1, null, null));
      producer.send(new ProducerRecord<>(TOPIC, 1, null, new byte[] {0, 0, 0, 99, 99, 1, 2}));
      for (int i = 0; i < ALERTS.size(); i++) {
        send(producer, TOPIC, i % 2, ALERTS.get(i));
      }
    }
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
  }

  @Test
  void everyAlertIsALineAndBadRecordsAreNone() {
    assertThat(read(settings(TOPIC), range(Long.MAX_VALUE), all()))
        .containsExactlyInAnyOrderElementsOf(ALERTS.stream().map(EventJson::line).toList());
  }

  @Test
  void filtersAndLimitsHold() {
    AlertFilter high =
        new AlertFilter(
            Severity.HIGH, Optional.of("card-0001"), Optional.empty(), Optional.empty());
    assertThat(read(settings(TOPIC), range(Long.MAX_VALUE), high))
        .containsExactlyInAnyOrderElementsOf(
            ALERTS.stream()
                .filter(alert -> !List.of("LOW", "MEDIUM").contains(alert.getSeverity()))
                .filter(
                    alert ->
                        alert.getKey() != null
                            && StandardCharsets.UTF_8
                                .decode(alert.getKey().duplicate())
                                .toString()
                                .equals("card-0001"))
                .map(EventJson::line)
                .toList())
        .hasSizeGreaterThan(10);
    assertThat(read(settings(TOPIC), range(7), all())).hasSize(7);

    Instant since = MixedAlerts.START.plusSeconds(190);
    Instant until = MixedAlerts.START.plusSeconds(195);
    assertThat(
            read(
                settings(TOPIC),
                TailRange.of(false, Optional.of(since), false, Long.MAX_VALUE),
                new AlertFilter(
                    Severity.LOW, Optional.empty(), Optional.of(since), Optional.of(until))))
        .containsExactlyInAnyOrderElementsOf(
            ALERTS.subList(190, 195).stream().map(EventJson::line).toList());
  }

  @Test
  void theTableHasALineForEach() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(
            WeirAlerts.run(
                settings(TOPIC),
                new TailRequest(range(Long.MAX_VALUE), all(), false),
                new PrintStream(out, false, StandardCharsets.UTF_8)))
        .isZero();
    List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(201);
    assertThat(lines.getFirst()).startsWith("TIME (UTC)");
    assertThat(lines.subList(1, 201)).allMatch(line -> line.startsWith("2026-03-01T12:0"));
  }

  @Test
  void followingTellsWhatComesAndLeavesNoTraceOnTheBrokers() throws Exception {
    cluster.createTopic("followed", 1, Map.of());
    try (KafkaProducer<byte[], byte[]> producer = cluster.producer();
        Admin admin = cluster.admin()) {
      send(producer, "followed", 0, ALERTS.get(0));
      producer.flush();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      CompletableFuture<Integer> exit =
          CompletableFuture.supplyAsync(
              () ->
                  WeirAlerts.run(
                      settings("followed"),
                      new TailRequest(TailRange.of(false, Optional.empty(), true, 2), all(), true),
                      new PrintStream(out, false, StandardCharsets.UTF_8)));
      // Until it has seen one, nobody knows whether it reads already.
      int sent = 1;
      while (!exit.isDone()) {
        send(producer, "followed", 0, ALERTS.get(sent++ % ALERTS.size()));
        producer.flush();
        Thread.sleep(200);
      }
      assertThat(exit.get()).isZero();
      assertThat(out.toString(StandardCharsets.UTF_8).lines())
          .hasSize(2)
          .doesNotContain(EventJson.line(ALERTS.get(0)));
      assertThat(admin.listGroups().all().get()).isEmpty();
    }
  }

  @Test
  void whatCannotBeReadIsAFailure() {
    assertThat(run(settings("nowhere"), range(1), all(), new ByteArrayOutputStream())).isEqualTo(1);
    Map<String, String> nobody =
        Map.of(
            "bootstrap.servers", "127.0.0.1:1",
            "weir.schema.registry.url", cluster.registryUrl(),
            "weir.start.timeout.ms", "1500");
    assertThat(
            run(
                new SettingSources().flags(nobody).client(),
                range(1),
                all(),
                new ByteArrayOutputStream()))
        .isEqualTo(1);
  }

  @Test
  void aBrokenPipeEndsItQuietly() throws Exception {
    // The alerts are more than a pipe holds, so that it must notice.
    Command weir =
        Command.of(
            "bash",
            "-c",
            "set -o pipefail; \"$@\" 2>\"$ERRORS\" | head -n 1",
            "bash",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Dlog4j2.configurationFile=log4j2.xml",
            "io.weir.streams.Main",
            "alerts",
            "-b",
            cluster.bootstrapServers(),
            "-r",
            cluster.registryUrl(),
            "--topic",
            TOPIC,
            "--output",
            "json",
            "--limit",
            "1000",
            "--min-severity",
            "LOW",
            "--from-beginning");
    Path errors = directory.resolve("pipe.err");
    assertThat(
            weir.with("CLASSPATH", System.getProperty("java.class.path"))
                .with("ERRORS", errors.toString())
                .run()
                .lines())
        .hasSize(1);
    assertThat(errors)
        .content()
        .containsOnlyOnce("is no alert")
        .doesNotContain("Exception")
        .doesNotContain("ERROR");
  }

  private static List<String> read(ClientSettings settings, TailRange range, AlertFilter filter) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(run(settings, range, filter, out)).isZero();
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static int run(
      ClientSettings settings, TailRange range, AlertFilter filter, ByteArrayOutputStream out) {
    return WeirAlerts.run(
        settings,
        new TailRequest(range, filter, true),
        new PrintStream(out, false, StandardCharsets.UTF_8));
  }

  private static AlertFilter all() {
    return AlertFilter.from(Severity.LOW);
  }

  private static TailRange range(long limit) {
    return TailRange.of(false, Optional.empty(), false, limit);
  }

  private static ClientSettings settings(String topic) {
    return new SettingSources()
        .flags(
            Map.of(
                "bootstrap.servers", cluster.bootstrapServers(),
                "weir.schema.registry.url", cluster.registryUrl(),
                "weir.alerts.topic", topic))
        .client();
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer, String topic, int partition, Alert alert) {
    producer.send(
        new ProducerRecord<>(
            topic,
            partition,
            alert.getEventTime().toEpochMilli(),
            null,
            serializer.serialize(TOPIC, alert)));
  }
}
