package io.weir.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.event.Alert;
import io.weir.schemas.event.Score;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// One processor runs all the time, apart from the moments when a test stops or kills it.
@NeedsEngine
@Timeout(900)
class WeirImageIT {
  private static final String TOPIC = "readings";
  private static final String SCORES = "readings-scores";
  private static final String ALERTS = "readings-alerts";
  private static final String DEAD = "readings-dead";
  private static final String SECRET = "hush-hush";
  private static final int PARTITIONS = 3;

  @TempDir private static Path models;
  private static Platform platform;
  private static WeirContainer weir;
  private static int sent;

  @BeforeAll
  static void start() throws Exception {
    Readings.train(models);
    // The image's user is another one.
    Files.setPosixFilePermissions(models, PosixFilePermissions.fromString("rwxr-xr-x"));
    platform = Platform.start();
    platform.createTopics(PARTITIONS, TOPIC, SCORES, ALERTS, DEAD);
    weir = WeirContainer.start("readings", platform.network(), models, settings(Map.of()));
  }

  @AfterAll
  static void stop() {
    if (weir != null) {
      weir.close();
    }
    if (platform != null) {
      platform.close();
    }
  }

  private static Map<String, String> settings(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("WEIR_KAFKA_APPLICATION_ID", "readings");
    settings.put("WEIR_KAFKA_BOOTSTRAP_SERVERS", Platform.BROKER);
    settings.put("WEIR_SCHEMA_REGISTRY_URL", Platform.REGISTRY);
    settings.put("WEIR_SCHEMA_REGISTRY_BASIC_AUTH_USER_INFO", "weir:" + SECRET);
    settings.put("WEIR_INPUT_TOPICS", TOPIC);
    settings.put("WEIR_SCORES_TOPIC", SCORES);
    settings.put("WEIR_ALERTS_TOPIC", ALERTS);
    settings.put("WEIR_DEAD_LETTER_TOPIC", DEAD);
    settings.put("WEIR_MODEL_FILE", "/models/model.onnx");
    settings.put("WEIR_PROGRESS_INTERVAL_MS", "1000");
    // The group soon sees that a killed member is gone.
    settings.put("WEIR_KAFKA_CONSUMER_SESSION_TIMEOUT_MS", "6000");
    settings.put("WEIR_KAFKA_CONSUMER_HEARTBEAT_INTERVAL_MS", "2000");
    settings.put("WEIR_KAFKA_COMMIT_INTERVAL_MS", "300");
    settings.putAll(more);
    return settings;
  }

  @Test
  void isReadyHealthyAndMeasured() {
    assertThat(weir.awaitAnswer("/health/ready")).startsWith("{");
    assertThat(weir.awaitAnswer("/health/live")).startsWith("{");
    weir.awaitHealthy();
    assertThat(weir.awaitAnswer("/metrics"))
        .contains("weir_events_scored_total", "weir_model_info");
  }

  @Test
  void runsWithoutPrivilegesAndWritesNothingButStateAndTmp() throws Exception {
    assertThat(weir.exec("grep", "-E", "^(Uid|Gid|CapEff|NoNewPrivs):", "/proc/1/status"))
        .contains("Uid:\t10001\t10001", "Gid:\t10001\t10001")
        .contains("CapEff:\t0000000000000000", "NoNewPrivs:\t1");
    assertThat(weir.exec("touch", "/opt/weir/x")).contains("Read-only file system");
    assertThat(weir.exec("ls", "/tmp")).as("nothing native is unpacked").doesNotContain(".so");
  }

  @Test
  void startsWithTheClassesThatItsBuildPrepared() throws Exception {
    assertThat(weir.exec("cat", "/proc/1/maps")).contains("/opt/weir/aot/weir.aot");
    assertThat(weir.logs()).doesNotContain("AOT", "[warning]");
  }

  @Test
  void readsEveryCompression() {
    int before = sent;
    for (String compression : List.of("none", "gzip", "snappy", "lz4", "zstd")) {
      send(compression, 200);
    }
    assertThat(sent - before).isEqualTo(1_000);
    assertThat(scoredOffsets()).hasSize(sent);
  }

  @Test
  void scoresEachEventExactlyOnceThroughStopsAndKills() {
    send("none", 3_000);
    assertThat(scoredOffsets()).hasSize(sent);

    assertThat(weir.stop()).as("exit code after SIGTERM").isZero();
    send("none", 3_000);
    weir.startAgain();
    assertThat(scoredOffsets()).hasSize(sent);

    for (int kill = 0; kill < 3; kill++) {
      long before = platform.size(SCORES);
      send("none", 10_000);
      while (platform.size(SCORES) == before) {
        Thread.onSpinWait();
      }
      weir.kill();
      weir.startAgain();
    }
    assertThat(scoredOffsets()).hasSize(sent);
    assertThat(platform.size(DEAD)).isZero();
    assertThat(weir.logs()).contains("exactly_once_v2").doesNotContain(SECRET);
  }

  @Test
  void alertsWhatIsAnomalous() {
    send("none", 100);
    long offset;
    try (KafkaProducer<String, Object> producer = platform.producer("none")) {
      offset =
          producer.send(new ProducerRecord<>(TOPIC, 0, "odd", Readings.anomalous())).get().offset();
      sent++;
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
    var alerts =
        platform.read(ALERTS, records -> records.stream().anyMatch(r -> "odd".equals(r.key())));
    assertThat(alerts)
        .filteredOn(alert -> "odd".equals(alert.key()))
        .singleElement()
        .extracting(alert -> ((Alert) alert.value()).getOffset())
        .isEqualTo(offset);
  }

  @Test
  void wrongSettingsEndWithTwoAndSayWhichInTheLog() {
    Map<String, String> settings = settings(Map.of("WEIR_BATCH_MAX", "0"));
    try (WeirContainer wrong = WeirContainer.start("wrong", platform.network(), models, settings)) {
      assertThat(wrong.exitCode()).isEqualTo(2);
      assertThat(wrong.logs())
          .contains("The settings cannot be run with", "weir.batch.max")
          .doesNotContain("\tat ", SECRET);
    }
  }

  private static void send(String compression, int count) {
    try (KafkaProducer<String, Object> producer = platform.producer(compression)) {
      for (int i = 0; i < count; i++) {
        int number = sent++;
        producer.send(
            new ProducerRecord<>(
                TOPIC, number % PARTITIONS, Readings.machine(number), Readings.ordinary(number)));
      }
    }
  }

  /// The events that have a score, once all have one.
  ///
  /// @throws AssertionError if an event has two
  private static Set<String> scoredOffsets() {
    List<ConsumerRecord<String, Object>> records =
        platform.read(SCORES, scores -> scores.size() >= sent);
    Set<String> events =
        records.stream()
            .map(ConsumerRecord::value)
            .map(Score.class::cast)
            .map(score -> score.getPartition() + ":" + score.getOffset())
            .collect(Collectors.toSet());
    assertThat(records).as(weir::logs).hasSameSizeAs(events);
    return events;
  }
}
