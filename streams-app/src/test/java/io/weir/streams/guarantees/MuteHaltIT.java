package io.weir.streams.guarantees;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.event.Alert;
import io.weir.streams.fixture.Cluster;
import io.weir.streams.fixture.OutsideCluster;
import io.weir.streams.fixture.Payments;
import io.weir.streams.fixture.WeirJvm;
import io.weir.streams.fixture.flow.EventFlow;
import io.weir.streams.fixture.flow.Expected;
import io.weir.streams.fixture.flow.Feed;
import io.weir.streams.fixture.flow.Flowing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Incidents and cool-downs across kills: the same alerts, bit for bit and in the same order, as
/// those of a processor that nobody disturbed.
///
/// `-Dweir.mute.kills=20` kills more often, `-Dweir.halt.seed=7` at other moments.
@Timeout(600)
@ExtendWith(OutsideCluster.class)
class MuteHaltIT {
  private static final int KILLS = Integer.getInteger("weir.mute.kills", 3);
  private static final long SEED = Long.getLong("weir.halt.seed", 1);
  private static final int BACKLOG = 20_000;
  private static final int PARTITIONS = 2;

  /// Without any new score.
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir static Path directory;
  private static Cluster cluster;

  @BeforeAll
  static void start(Cluster shared) {
    cluster = shared;
  }

  @Test
  void killsChangeNoAlertOfIncidentsAndCooldowns() throws Exception {
    String name = "muted";
    Random random = new Random(SEED);
    cluster.createTopics(name, PARTITIONS);
    cluster.createTopic("whole-alerts", PARTITIONS, Map.of());
    cluster.createTopic("whole-scores", PARTITIONS, Map.of());
    Bursts feed = new Bursts(cluster, name);
    int events;
    try (EventFlow flow = new EventFlow(cluster, name, feed)) {
      flow.send(BACKLOG).start();
      for (int kill = 0; kill < KILLS; kill++) {
        try (WeirJvm weir = weir(name, Map.of())) {
          Flowing.await(cluster, name, weir);
          Thread.sleep(random.nextInt(700));
          assertThat(weir.isAlive()).as(weir::toString).isTrue();
          weir.kill();
        }
        if (kill == KILLS / 2) {
          // From here on the incidents come from the changelog topic, not from the disk.
          delete(directory.resolve(name + "-state"));
        }
      }
      events = flow.stop();
    }
    List<String> interrupted = finish(name, Map.of(), name, events);
    List<String> whole =
        finish(
            "whole",
            Map.of(
                "application.id",
                "whole-app",
                "weir.alerts.topic",
                "whole-alerts",
                "weir.scores.topic",
                "whole-scores"),
            name,
            events);
    System.out.printf(
        Locale.ROOT,
        "GUARANTEE | incidents: process killed %d times | exactly_once_v2 | %,d inputs | %,d alerts"
            + " | %,d differ%n",
        KILLS,
        events,
        whole.size(),
        differing(whole, interrupted));
    assertThat(interrupted).isEqualTo(whole);
    for (String status : List.of("OPENED", "UPDATED", "CLOSED")) {
      assertThat(whole)
          .filteredOn(alert -> alert.contains("\"" + status + "\""))
          .hasSizeGreaterThan(50);
    }
  }

  /// Lets a processor come to the end, and returns its alerts, those of a key in a partition in
  /// their order; those without a key have none, they are spread over the partitions.
  private static List<String> finish(
      String outputs, Map<String, String> settings, String input, int events) throws Exception {
    try (WeirJvm weir = weir(input, settings)) {
      List<TopicPartition> scores = cluster.partitions(outputs + "-scores");
      try (KafkaConsumer<byte[], byte[]> consumer = cluster.consumer("read_committed")) {
        consumer.assign(scores);
        consumer.seekToBeginning(scores);
        long news = System.nanoTime();
        for (int read = 0; read < events; ) {
          int count = consumer.poll(Duration.ofMillis(200)).count();
          read += count;
          if (count > 0) {
            news = System.nanoTime();
          }
          assertThat(System.nanoTime() - news).as(weir::toString).isLessThan(PATIENCE.toNanos());
        }
      }
      weir.terminate();
      assertThat(weir.exitCode()).as(weir::toString).isZero();
    }
    return alerts(outputs + "-alerts");
  }

  private static List<String> alerts(String topic) throws Exception {
    Map<String, List<String>> alerts = new TreeMap<>();
    List<TopicPartition> partitions = cluster.partitions(topic);
    try (Deserializer<Object> reader = cluster.officialDeserializer();
        KafkaConsumer<byte[], byte[]> all = cluster.consumer("read_uncommitted");
        KafkaConsumer<byte[], byte[]> consumer = cluster.consumer("read_committed")) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = all.endOffsets(partitions);
      while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          Alert alert = (Alert) reader.deserialize(topic, record.value());
          String key = record.key() == null ? null : new String(record.key(), UTF_8);
          alerts
              .computeIfAbsent(alert.getPartition() + " " + key, _ -> new ArrayList<>())
              .add(key + " " + record.timestamp() + " " + alert);
        }
      }
    }
    for (Map.Entry<String, List<String>> each : alerts.entrySet()) {
      if (each.getKey().endsWith(" null")) {
        Collections.sort(each.getValue());
      }
    }
    return alerts.values().stream().flatMap(List::stream).toList();
  }

  private static long differing(List<String> whole, List<String> interrupted) {
    List<String> more = new ArrayList<>(interrupted);
    long lost = whole.stream().filter(alert -> !more.remove(alert)).count();
    return lost + more.size();
  }

  private static WeirJvm weir(String name, Map<String, String> more) throws Exception {
    Map<String, String> settings = new HashMap<>();
    String application = more.getOrDefault("application.id", name);
    settings.put("state.dir", directory.resolve(application + "-state").toString());
    settings.put("commit.interval.ms", "200");
    // Longer than a busy machine lets a processor wait, or it is fenced again and again.
    settings.put("producer.transaction.timeout.ms", "10000");
    settings.put("consumer.session.timeout.ms", "6000");
    settings.put("consumer.heartbeat.interval.ms", "1000");
    settings.put("weir.batch.max", "128");
    settings.put("weir.incident.gap.ms", "1500");
    settings.put("weir.incident.update.ms", "3000");
    settings.put("weir.cooldown.ms", "32000");
    settings.putAll(more);
    return WeirJvm.start(cluster.flags(name, settings), directory.resolve(application + ".log"));
  }

  private static void delete(Path folder) throws Exception {
    List<Path> files = new ArrayList<>();
    try (var walk = Files.walk(folder)) {
      walk.forEach(files::addFirst);
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }

  /// A hundred events a second; each of twenty keys, one of which is none, is anomalous for ten
  /// seconds in forty.
  private static final class Bursts implements Feed {
    private static final int KEYS = 20;
    private final byte[][] ordinary = new byte[100][];
    private final byte[][] anomalous = new byte[100][];

    Bursts(Cluster cluster, String topic) throws Exception {
      int schema = cluster.register(topic, Payments.SCHEMA);
      for (int i = 0; i < ordinary.length; i++) {
        ordinary[i] = Payments.bytes(schema, Payments.ordinary(i));
        anomalous[i] = Payments.bytes(schema, Payments.of("p" + i, 500 + 7 * i));
      }
    }

    @Override
    public int partitions() {
      return PARTITIONS;
    }

    @Override
    public ProducerRecord<byte[], byte[]> record(String topic, int i) {
      int key = i / PARTITIONS % KEYS;
      boolean burst = (i / 1_000 + key) % 4 == 0;
      return new ProducerRecord<>(
          topic,
          i % PARTITIONS,
          Payments.DAY + 10L * i,
          key == 0 ? null : ("k" + key).getBytes(UTF_8),
          (burst ? anomalous : ordinary)[i % 97]);
    }

    @Override
    public List<Expected> expected(int count) {
      throw new UnsupportedOperationException("alerts are compared with each other");
    }
  }
}
