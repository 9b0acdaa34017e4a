package io.weir.streams;

import static io.weir.streams.fixture.AlertLines.comparable;
import static io.weir.streams.fixture.AlertLines.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.streams.fixture.AlertLines;
import io.weir.streams.fixture.Cluster;
import io.weir.streams.fixture.LiveRun;
import io.weir.streams.fixture.ReplayRequest;
import io.weir.streams.fixture.TinyWindowModel;
import io.weir.streams.fixture.flow.WindowFeed;
import io.weir.streams.replay.Bound;
import io.weir.streams.replay.ReplayResult;
import io.weir.streams.replay.pass.Replay;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A replay of what ran live gives the live alerts; an interrupted one gives what it would have
/// given without interruption; a row of a sweep is what a replay with that threshold gives.
///
/// `-Dweir.replay.events=1000000` replays so many events of each case.
@Timeout(1800)
class ReplayEqualsLiveIT {
  private static final int EVENTS = Integer.getInteger("weir.replay.events", 20_000);
  private static final long GAP = 1_000;

  @TempDir static Path directory;
  private static Cluster cluster;
  private static Path windows;

  @BeforeAll
  static void start() throws Exception {
    cluster = Cluster.start(directory);
    windows = TinyWindowModel.lstm(6, GAP).write(directory.resolve("windows.onnx"));
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
  }

  @ParameterizedTest(name = "{0}: {1} partitions, {2}")
  @CsvSource({
    "dense-1, 1, dense, 0",
    "dense-4, 4, dense, 0",
    "lstm-1, 1, lstm, 0",
    "lstm-4, 4, lstm, 200"
  })
  void aReplayGivesTheAlertsOfTheLiveApplicationThatWasKilled(
      String name, int partitions, String model, long cooldown) throws Exception {
    Map<String, String> settings = settings(model);
    settings.put("weir.cooldown.ms", String.valueOf(cooldown));
    settings.put("weir.incident.gap.ms", String.valueOf(cooldown / 4));
    fill(name, partitions, model);
    LiveRun.of(cluster, name, EVENTS, settings, directory);
    List<String> live = AlertLines.of(cluster, name + "-alerts");

    Replay.Outcome replayed = request(name, settings, name + "-replay").run();

    List<String> lines = AlertLines.of(replayed);
    assertThat(lines).allMatch(line -> line.contains("\"replay_id\":\"" + name + "-replay\""));
    assertThat(comparable(lines)).as("alerts of the replay").isEqualTo(comparable(live));
    assertThat(live).hasSizeGreaterThan(20);
    ReplayResult.Counts counts = replayed.result().orElseThrow().models().getFirst().counts();
    assertThat(counts.alerts()).isEqualTo(live.size());
    assertThat(counts.bad()).containsEntry("NO_MAGIC_BYTE", (long) EVENTS / 500);
    System.out.printf(
        "%s: %,d events, %d partitions, %s: %,d live alerts, %,d of the replay, 0 differing%n",
        name, EVENTS, partitions, model, live.size(), lines.size());
  }

  @Test
  void aReplayOfTheLatterHalfGivesTheLiveAlertsOfThatHalf() throws Exception {
    Map<String, String> settings = settings("lstm");
    settings.put("weir.cooldown.ms", "500");
    fill("half", 2, "lstm");
    List<String> all = AlertLines.of(request("half", settings, "half-all").run());
    long middle = middle("half");

    Replay.Outcome later =
        request("half", settings, "half-later")
            .from(new Bound.At(Instant.ofEpochMilli(middle)))
            .run();

    ReplayResult.Range range = later.result().orElseThrow().range();
    Map<Integer, Long> first = new HashMap<>();
    range.partitions().forEach(p -> first.put(p.partition(), p.first()));
    assertThat(first.values()).allMatch(offset -> offset > 0);
    assertThat(range.warmUp()).isEqualTo("earliest");
    // With a cool-down every alert is at its own event.
    assertThat(comparable(AlertLines.of(later)))
        .isEqualTo(
            comparable(
                all.stream()
                    .filter(
                        line ->
                            number(line, "offset") >= first.get((int) number(line, "partition")))
                    .toList()))
        .isNotEmpty();
  }

  @Test
  void anInterruptedReplayGivesTheSameBytesAndEveryAlertOnce() throws Exception {
    Map<String, String> settings = settings("lstm");
    settings.put("weir.cooldown.ms", "300");
    settings.put("weir.incident.gap.ms", "50");
    fill("resumed", 3, "lstm");
    ReplayRequest whole =
        request("resumed", settings, "same-id").in(directory.resolve("whole")).sweep();
    Replay.Outcome uninterrupted = whole.run();
    cluster.createTopics("replayed", 2);
    ReplayRequest again = whole.in(directory.resolve("again")).alertsTo("replayed");

    assertThat(again.stoppedAfter(8).result()).isEmpty();
    assertThatThrownBy(() -> again.resume().killedAfter(5)).hasMessageContaining("as if killed");
    assertThatThrownBy(() -> again.resume().threshold("value:1.5").run())
        .hasMessageContaining("cannot be resumed with other settings")
        .hasMessageContaining("thresholds of model 1");
    Replay.Outcome end = again.resume().run();

    assertThat(end.result()).isPresent();
    for (String file : List.of("alerts.jsonl", "result.json")) {
      assertThat(Files.readString(directory.resolve("again").resolve(file)))
          .as(file)
          .isEqualTo(Files.readString(directory.resolve("whole").resolve(file)));
    }
    assertThat(comparable(AlertLines.of(cluster, "replayed")))
        .isEqualTo(comparable(AlertLines.of(uninterrupted)));
    assertThatThrownBy(again::run).hasMessageContaining("has a replay already");
  }

  @Test
  void everyRowOfASweepIsWhatAReplayWithThatThresholdGives() throws Exception {
    Map<String, String> settings = settings("lstm");
    settings.put("weir.cooldown.ms", "300");
    settings.put("weir.incident.gap.ms", "50");
    fill("swept", 2, "lstm");
    Path labels = directory.resolve("labels.csv");
    StringBuilder csv = new StringBuilder("partition,offset\n");
    for (int offset = 0; offset < EVENTS / 2; offset += 7) {
      csv.append(offset % 2).append(',').append(offset).append('\n');
    }
    Files.writeString(labels, csv);
    ReplayRequest swept =
        request("swept", settings, "swept-all")
            .sweep()
            .labels(labels)
            .also("value:0.7", "value:0.8", "value:0.85");
    List<ReplayResult.SweepRow> rows =
        swept.run().result().orElseThrow().models().getFirst().sweep();

    assertThat(rows).hasSizeGreaterThan(5);
    for (ReplayResult.SweepRow row : rows) {
      ReplayRequest alone =
          request("swept", settings, "alone-" + rows.indexOf(row))
              .labels(labels)
              .threshold(row.policy());
      ReplayResult.Model real = alone.run().result().orElseThrow().models().getFirst();
      assertThat(row).isEqualTo(real.sweep().getFirst());
      assertThat(real.counts().anomalous()).isEqualTo(row.anomalous());
      assertThat(real.counts().alerts()).isEqualTo(row.alerts());
    }
    assertThat(rows.stream().filter(row -> row.incidents() > 0)).hasSizeGreaterThan(2);
  }

  @Test
  void twoModelsInOnePassGiveWhatEachGivesAlone() throws Exception {
    Map<String, String> settings = settings("lstm");
    settings.put("weir.threshold", "value:0.75");
    fill("compared", 2, "lstm");
    Path padded = TinyWindowModel.of(4, GAP).padded().write(directory.resolve("padded.onnx"));
    ReplayResult both =
        request("compared", settings, "both").compareTo(padded).run().result().orElseThrow();
    ReplayResult a = request("compared", settings, "a").run().result().orElseThrow();
    settings.put("weir.model.file", padded.toString());
    ReplayResult b = request("compared", settings, "b").run().result().orElseThrow();

    assertThat(both.models().get(0)).isEqualTo(a.models().getFirst());
    assertThat(both.models().get(1)).isEqualTo(b.models().getFirst());
    ReplayResult.Comparison comparison = both.comparison();
    // The padded model scores every event, the other those with full windows.
    assertThat(comparison.events()).isEqualTo(a.models().getFirst().counts().scored());
    assertThat(comparison.alerts().both() + comparison.alerts().onlyA())
        .isEqualTo(a.models().getFirst().counts().alerts());
    assertThat(comparison.rankCorrelation()).isBetween(-1.0, 1.0);
    assertThat(comparison.rankedAll()).isTrue();
    assertThat(comparison.severities().stream().flatMap(List::stream).mapToLong(Long::longValue))
        .satisfies(
            cells ->
                assertThat(cells.stream().mapToLong(Long::longValue).sum())
                    .isEqualTo(comparison.events()));
  }

  /// A replay into a folder of the name of its id.
  private static ReplayRequest request(String topic, Map<String, String> settings, String id) {
    return new ReplayRequest(cluster, topic, settings, id, directory.resolve(id));
  }

  private static Map<String, String> settings(String model) {
    Map<String, String> settings = new HashMap<>();
    settings.put("processing.guarantee", "exactly_once_v2");
    settings.put("commit.interval.ms", "200");
    settings.put("max.poll.records", "500");
    settings.put("producer.transaction.timeout.ms", "3000");
    settings.put("weir.threshold", model.equals("dense") ? "value:1.1" : "value:0.75");
    if (!model.equals("dense")) {
      settings.put("weir.model.file", windows.toString());
    }
    return settings;
  }

  private static void fill(String name, int partitions, String model) throws Exception {
    cluster.createTopics(name, partitions);
    WindowFeed feed = new WindowFeed(cluster, name, partitions, windows, GAP, model.hashCode());
    try (KafkaProducer<byte[], byte[]> producer = cluster.producer()) {
      for (int i = 0; i < EVENTS; i++) {
        producer.send(feed.record(name, i));
      }
    }
  }

  /// A timestamp that about half of the events are behind.
  private static long middle(String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer = cluster.consumer("read_committed")) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seek(partition, EVENTS / 4);
      return consumer.poll(Duration.ofMinutes(1)).iterator().next().timestamp();
    }
  }
}
