package io.weir.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.schemas.card.ThresholdPolicy;
import io.weir.schemas.event.Alert;
import io.weir.schemas.json.EventJson;
import io.weir.streams.config.Settings;
import io.weir.streams.fixture.Await;
import io.weir.streams.fixture.Cluster;
import io.weir.streams.fixture.TinyWindowModel;
import io.weir.streams.fixture.WeirJvm;
import io.weir.streams.fixture.flow.WindowFeed;
import io.weir.streams.replay.Bound;
import io.weir.streams.replay.LabelSource;
import io.weir.streams.replay.ReplayListener;
import io.weir.streams.replay.ReplayOptions;
import io.weir.streams.replay.ReplayResult;
import io.weir.streams.replay.pass.Replay;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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
  private static final ReplayListener SILENT =
      new ReplayListener() {
        @Override
        public void tell(String line) {}

        @Override
        public void at(long offsets, long of, long events) {}
      };

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
    runLive(name, settings);
    List<String> live = alerts(name + "-alerts");

    Replay.Outcome replayed = replay(options(name, settings, name + "-replay"), () -> false);

    List<String> lines = Files.readAllLines(replayed.folder().resolve("alerts.jsonl"));
    assertThat(lines).allMatch(line -> line.contains("\"replay_id\":\"" + name + "-replay\""));
    assertThat(sorted(lines)).as("alerts of the replay").isEqualTo(sorted(live));
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
    List<String> all =
        Files.readAllLines(
            replay(options("half", settings, "half-all"), () -> false)
                .folder()
                .resolve("alerts.jsonl"));
    long middle = middle("half");

    Replay.Outcome later =
        replay(
            options("half", settings, "half-later")
                .with(new Bound.At(Instant.ofEpochMilli(middle))),
            () -> false);

    Map<Integer, Long> first = new HashMap<>();
    later
        .result()
        .orElseThrow()
        .range()
        .partitions()
        .forEach(p -> first.put(p.partition(), p.first()));
    assertThat(first.values()).allMatch(offset -> offset > 0);
    assertThat(later.result().orElseThrow().range().warmUp()).isEqualTo("earliest");
    // With a cool-down every alert is at its own event.
    assertThat(sorted(Files.readAllLines(later.folder().resolve("alerts.jsonl"))))
        .isEqualTo(
            sorted(
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
    Request whole = options("resumed", settings, "same-id").in("whole").sweep();
    replay(whole, () -> false);
    cluster.createTopics("replayed", 2);
    Request again = options("resumed", settings, "same-id").in("again").sweep().to("replayed");

    assertThat(replay(again, after(8)).result()).isEmpty();
    assertThatThrownBy(() -> replay(again.resume(), failingAfter(5)))
        .hasMessageContaining("as if killed");
    assertThatThrownBy(() -> replay(again.resume().threshold("value:1.5"), () -> false))
        .hasMessageContaining("cannot be resumed with other settings")
        .hasMessageContaining("thresholds of model 1");
    Replay.Outcome end = replay(again.resume(), () -> false);

    assertThat(end.result()).isPresent();
    for (String file : List.of("alerts.jsonl", "result.json")) {
      assertThat(Files.readString(directory.resolve("again").resolve(file)))
          .as(file)
          .isEqualTo(Files.readString(directory.resolve("whole").resolve(file)));
    }
    assertThat(sorted(alerts("replayed")))
        .isEqualTo(sorted(Files.readAllLines(directory.resolve("whole/alerts.jsonl"))));
    assertThatThrownBy(() -> replay(again, () -> false))
        .hasMessageContaining("has a replay already");
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
    Request swept =
        options("swept", settings, "swept-all")
            .sweep()
            .labels(labels)
            .also("value:0.7", "value:0.8", "value:0.85");
    List<ReplayResult.SweepRow> rows =
        replay(swept, () -> false).result().orElseThrow().models().getFirst().sweep();

    assertThat(rows).hasSizeGreaterThan(5);
    for (ReplayResult.SweepRow row : rows) {
      Request alone =
          options("swept", settings, "alone-" + rows.indexOf(row))
              .labels(labels)
              .threshold(row.policy());
      ReplayResult.Model real =
          replay(alone, () -> false).result().orElseThrow().models().getFirst();
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
        replay(options("compared", settings, "both").and(padded), () -> false)
            .result()
            .orElseThrow();
    ReplayResult a = replay(options("compared", settings, "a"), () -> false).result().orElseThrow();
    settings.put("weir.model.file", padded.toString());
    ReplayResult b = replay(options("compared", settings, "b"), () -> false).result().orElseThrow();

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

  /// What is asked for, over a topic and into a folder.
  private record Request(
      String topic,
      Map<String, String> settings,
      String id,
      String folder,
      boolean isSweep,
      boolean resumed,
      Bound from,
      List<String> more,
      Optional<LabelSource> source,
      Optional<String> alertsTopic,
      Optional<Path> second) {
    Request in(String other) {
      return new Request(
          topic, settings, id, other, isSweep, resumed, from, more, source, alertsTopic, second);
    }

    Request sweep() {
      return new Request(
          topic, settings, id, folder, true, resumed, from, more, source, alertsTopic, second);
    }

    Request resume() {
      return new Request(
          topic, settings, id, folder, isSweep, true, from, more, source, alertsTopic, second);
    }

    Request with(Bound other) {
      return new Request(
          topic, settings, id, folder, isSweep, resumed, other, more, source, alertsTopic, second);
    }

    Request also(String... policies) {
      return new Request(
          topic,
          settings,
          id,
          folder,
          isSweep,
          resumed,
          from,
          List.of(policies),
          source,
          alertsTopic,
          second);
    }

    Request labels(Path file) {
      return new Request(
          topic,
          settings,
          id,
          folder,
          isSweep,
          resumed,
          from,
          more,
          Optional.of(new LabelSource.Listed(file)),
          alertsTopic,
          second);
    }

    Request to(String output) {
      return new Request(
          topic,
          settings,
          id,
          folder,
          isSweep,
          resumed,
          from,
          more,
          source,
          Optional.of(output),
          second);
    }

    Request and(Path model) {
      return new Request(
          topic,
          settings,
          id,
          folder,
          isSweep,
          resumed,
          from,
          more,
          source,
          alertsTopic,
          Optional.of(model));
    }

    Request threshold(String policy) {
      Map<String, String> other = new HashMap<>(settings);
      other.put("weir.threshold", policy);
      return new Request(
          topic, other, id, folder, isSweep, resumed, from, more, source, alertsTopic, second);
    }

    ReplayOptions options() {
      List<Settings> models = new ArrayList<>(List.of(cluster.settings(topic, settings)));
      second.ifPresent(
          model -> {
            Map<String, String> other = new HashMap<>(settings);
            other.put("weir.model.file", model.toString());
            models.add(cluster.settings(topic, other));
          });
      return new ReplayOptions(
          models,
          more.stream().map(ThresholdPolicy::parse).toList(),
          isSweep,
          from,
          new Bound.Latest(),
          Optional.empty(),
          source,
          Optional.of(id),
          Optional.of(directory.resolve(folder)),
          alertsTopic,
          OptionalDouble.empty(),
          OptionalInt.of(2),
          resumed,
          List.of());
    }
  }

  private static Request options(String topic, Map<String, String> settings, String id) {
    return new Request(
        topic,
        settings,
        id,
        id,
        false,
        false,
        new Bound.Earliest(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static Replay.Outcome replay(Request request, BooleanSupplier stop) throws Exception {
    return WeirReplay.replay(request.options(), SILENT, stop);
  }

  /// True from the n-th question on: it is asked every thousand events or so.
  private static BooleanSupplier after(int questions) {
    AtomicInteger asked = new AtomicInteger();
    return () -> asked.incrementAndGet() > questions;
  }

  private static BooleanSupplier failingAfter(int questions) {
    AtomicInteger asked = new AtomicInteger();
    return () -> {
      if (asked.incrementAndGet() > questions) {
        throw new IllegalStateException("as if killed");
      }
      return false;
    };
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

  /// Runs the application, kills it in the middle, and runs it again to the end.
  private static void runLive(String name, Map<String, String> more) throws Exception {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("state.dir", directory.resolve(name + "-state").toString());
    Map<String, String> flags = cluster.flags(name, settings);
    Path log = directory.resolve(name + ".log");
    try (WeirJvm weir = WeirJvm.start(flags, log)) {
      Await.until(
          "a first commit",
          Duration.ofMinutes(2),
          () -> committed(name),
          done -> done > 0 || !weir.isAlive());
      weir.kill();
    }
    try (WeirJvm weir = WeirJvm.start(flags, log)) {
      Await.until(
          "the last commit",
          Duration.ofMinutes(20),
          () -> committed(name),
          done -> done >= EVENTS || !weir.isAlive());
      weir.terminate();
      assertThat(weir.exitCode()).as(weir::toString).isZero();
    }
    assertThat(committed(name)).isGreaterThanOrEqualTo(EVENTS);
  }

  /// Input offsets that the group has committed, of all partitions together.
  private static long committed(String name) throws Exception {
    try (Admin admin = cluster.admin()) {
      return admin
          .listConsumerGroupOffsets(name + "-app")
          .partitionsToOffsetAndMetadata()
          .get()
          .entrySet()
          .stream()
          .filter(entry -> entry.getKey().topic().equals(name) && entry.getValue() != null)
          .mapToLong(entry -> entry.getValue().offset())
          .sum();
    }
  }

  /// The committed alerts of a topic, as lines of JSON.
  private static List<String> alerts(String topic) {
    List<String> lines = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = cluster.consumer("read_committed");
        var values = cluster.officialDeserializer()) {
      List<TopicPartition> partitions = cluster.partitions(topic);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        assertThat(System.nanoTime()).as("time to read %s", topic).isLessThan(deadline);
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          lines.add(EventJson.line((Alert) values.deserialize(topic, record.value())));
        }
      }
    }
    return lines;
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

  private static long number(String line, String field) {
    String after = line.substring(line.indexOf("\"" + field + "\":") + field.length() + 3);
    return Long.parseLong(after.substring(0, after.indexOf(',')));
  }

  private static List<String> sorted(List<String> lines) {
    return lines.stream()
        .map(line -> line.replaceFirst("\"replay_id\":(null|\"[^\"]*\")", "\"replay_id\":?"))
        .sorted()
        .toList();
  }
}
