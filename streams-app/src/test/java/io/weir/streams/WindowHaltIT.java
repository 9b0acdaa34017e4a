package io.weir.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.detector.Detector;
import io.weir.schemas.event.Score;
import io.weir.streams.fixture.Cluster;
import io.weir.streams.fixture.OfflineWindows;
import io.weir.streams.fixture.Payments;
import io.weir.streams.fixture.TinyWindowModel;
import io.weir.streams.fixture.WeirJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Windows of an LSTM across kills, rebalances and takeovers: every score exactly once, with the
/// bits of windows made offline from the input topic.
///
/// `-Dweir.window.kills=20` kills more often, `-Dweir.halt.seed=7` at other moments.
@Timeout(300)
class WindowHaltIT {
  private static final int KILLS = Integer.getInteger("weir.window.kills", 5);
  private static final long SEED = Long.getLong("weir.halt.seed", 1);
  private static final int PARTITIONS = 2;
  private static final int KINDS = 500;
  private static final int KEYS = 300;
  private static final int BAD = 500;
  private static final int BACKLOG = 20_000;
  private static final long GAP = 1_000;
  private static final TinyWindowModel MODEL = TinyWindowModel.lstm(6, GAP);

  @TempDir static Path directory;
  private static Cluster cluster;
  private static Path model;

  @BeforeAll
  static void start() throws Exception {
    cluster = Cluster.start(directory);
    model = MODEL.write(directory.resolve("windows.onnx"));
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
  }

  @Test
  void killsChangeNoScore() throws Exception {
    String name = "killed";
    cluster.createTopics(name, PARTITIONS);
    Random random = new Random(SEED);
    EventFlow flow = new EventFlow(name);
    flow.send(BACKLOG);
    flow.start();
    for (int kill = 0; kill < KILLS; kill++) {
      try (WeirJvm weir = weir(name, "one", Map.of())) {
        awaitMore(name, weir);
        Thread.sleep(random.nextInt(700));
        assertThat(weir.isAlive()).as(weir::toString).isTrue();
        weir.kill();
      }
      if (kill == KILLS / 2) {
        // From here on the windows come from the changelog topic, not from the disk.
        delete(directory.resolve(name + "-one-state"));
      }
    }
    int events = flow.stop();
    try (WeirJvm weir = weir(name, "one", Map.of())) {
      verify(name, events, KILLS + " kills");
      weir.terminate();
      assertThat(weir.exitCode()).as(weir::toString).isZero();
      assertThat(weir.output()).contains("keys with", "records restored in");
    }
  }

  @Test
  void instancesThatComeAndGoChangeNoScore() throws Exception {
    String name = "rebalanced";
    cluster.createTopics(name, PARTITIONS);
    EventFlow flow = new EventFlow(name);
    flow.send(BACKLOG);
    flow.start();
    // Otherwise a task waits for ten minutes before it moves to an instance without its store.
    Map<String, String> eager = Map.of("acceptable.recovery.lag", "100000000");
    int events;
    try (WeirJvm one = weir(name, "one", eager)) {
      awaitMore(name, one);
      try (WeirJvm two = weir(name, "two", eager)) {
        awaitTask(two);
        awaitMore(name, two);
        two.terminate();
        assertThat(two.exitCode()).as(two::toString).isZero();
      }
      events = flow.stop();
      verify(name, events, "a second instance came and went");
      one.terminate();
      assertThat(one.exitCode()).as(one::toString).isZero();
    }
  }

  @Test
  void aStandbyTakesOverWithItsOwnCopyOfTheWindows() throws Exception {
    String name = "standby";
    cluster.createTopics(name, PARTITIONS);
    Map<String, String> standby =
        Map.of("num.standby.replicas", "1", "acceptable.recovery.lag", "100000000");
    EventFlow flow = new EventFlow(name);
    flow.send(BACKLOG);
    flow.start();
    try (WeirJvm one = weir(name, "one", standby);
        WeirJvm two = weir(name, "two", standby)) {
      awaitTask(one);
      awaitTask(two);
      awaitMore(name, one);
      Thread.sleep(1_500);
      one.kill();
      awaitMore(name, two);
      int events = flow.stop();
      verify(name, events, "a standby took over");
      two.terminate();
      assertThat(two.exitCode()).as(two::toString).isZero();
    }
  }

  private static WeirJvm weir(String name, String instance, Map<String, String> more)
      throws Exception {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("weir.model.file", model.toString());
    settings.put("state.dir", directory.resolve(name + "-" + instance + "-state").toString());
    settings.put("commit.interval.ms", "200");
    settings.put("producer.transaction.timeout.ms", "3000");
    settings.put("weir.batch.max", "128");
    return WeirJvm.start(
        cluster.flags(name, settings), directory.resolve(name + "-" + instance + ".log"));
  }

  private static void awaitTask(WeirJvm weir) throws Exception {
    while (!weir.output().contains("in their windows, rebuilt in")) {
      assertThat(weir.isAlive()).as(weir::toString).isTrue();
      Thread.sleep(50);
    }
  }

  /// Waits for new committed scores.
  private static void awaitMore(String name, WeirJvm weir) throws Exception {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                cluster.bootstrapServers(),
                "isolation.level",
                "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      long before = end(consumer, name);
      while (end(consumer, name) == before) {
        assertThat(weir.isAlive()).as(weir::toString).isTrue();
        Thread.sleep(50);
      }
    }
  }

  private static long end(KafkaConsumer<byte[], byte[]> consumer, String name) {
    List<TopicPartition> partitions =
        IntStream.range(0, PARTITIONS)
            .mapToObj(partition -> new TopicPartition(name + "-scores", partition))
            .toList();
    return consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
  }

  private static void verify(String name, int events, String what) throws Exception {
    List<ConsumerRecord<byte[], byte[]>> input =
        cluster.read(name, new ByteArrayDeserializer(), records -> records.size() >= events);
    assertThat(input).hasSize(events);
    Map<String, Float> expected = new HashMap<>();
    try (Detector detector = Detector.open(model)) {
      for (int partition = 0; partition < PARTITIONS; partition++) {
        try (OfflineWindows offline = new OfflineWindows(detector)) {
          for (ConsumerRecord<byte[], byte[]> record : input) {
            if (record.partition() == partition && record.value().length > 1) {
              int kind =
                  Integer.parseInt(new String(record.headers().lastHeader("kind").value(), UTF_8));
              Float score =
                  offline.score(
                      record.key(), record.timestamp(), Payments.row(Payments.ordinary(kind)));
              if (score != null) {
                expected.put(partition + "@" + record.offset(), score);
              }
            }
          }
        }
      }
    }
    List<ConsumerRecord<byte[], Object>> scores = cluster.scores(name, expected.size());
    // And no more than that, for as long as an abandoned transaction could stay open.
    Thread.sleep(4_000);
    scores = cluster.scores(name, scores.size());
    Map<String, Float> found = new HashMap<>();
    int twice = 0;
    for (ConsumerRecord<byte[], Object> record : scores) {
      Score score = (Score) record.value();
      Float before = found.put(score.getPartition() + "@" + score.getOffset(), score.getScore());
      twice += before == null ? 0 : 1;
    }
    long wrong =
        expected.entrySet().stream()
            .filter(e -> !e.getValue().equals(found.get(e.getKey())))
            .count();
    System.out.printf(
        "%s: %,d events, %,d windows scored, %,d twice, %,d missing or with other bits%n",
        what, events, found.size(), twice, wrong);
    assertThat(twice).as("scores that came twice").isZero();
    assertThat(wrong).as("scores that are missing or have other bits").isZero();
    assertThat(found).hasSameSizeAs(expected);
    assertThat(expected).as("a test of something").hasSizeGreaterThan(events / 2);
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

  /// Keys in random turns, with gaps, late events and a bad record now and then.
  private static final class EventFlow {
    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer = cluster.producer();
    private final byte[][] values = new byte[KINDS][];
    private final AtomicBoolean flowing = new AtomicBoolean(true);
    private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::flow);
    private final Random random = new Random(SEED);
    private long now = System.currentTimeMillis();
    private int sent;

    EventFlow(String topic) throws Exception {
      this.topic = topic;
      int schema = cluster.register(topic, Payments.SCHEMA);
      for (int i = 0; i < KINDS; i++) {
        values[i] = Payments.bytes(schema, Payments.ordinary(i));
      }
    }

    void start() {
      thread.start();
    }

    void send(int count) {
      for (int k = 0; k < count; k++) {
        int i = sent++;
        now += random.nextInt(5_000) == 0 ? 2 * GAP : random.nextInt(2);
        int customer = (int) (KEYS * Math.pow(random.nextDouble(), 2));
        long timestamp = random.nextInt(10) == 0 ? now - random.nextInt(500) : now;
        ProducerRecord<byte[], byte[]> record =
            new ProducerRecord<>(
                topic,
                customer % PARTITIONS,
                timestamp,
                ("customer-" + customer).getBytes(UTF_8),
                i % BAD == BAD - 1 ? new byte[] {1} : values[i % KINDS]);
        record.headers().add("kind", String.valueOf(i % KINDS).getBytes(UTF_8));
        producer.send(record);
      }
      producer.flush();
    }

    private void flow() {
      try {
        while (flowing.get()) {
          send(50);
          Thread.sleep(50);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    int stop() throws InterruptedException {
      flowing.set(false);
      thread.join();
      producer.close();
      return sent;
    }
  }
}
