package io.weir.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.weir.demo.stream.ChildApplication;
import io.weir.demo.stream.EventProducer;
import io.weir.local.LocalBroker;
import io.weir.local.LocalRegistry;
import io.weir.schemas.event.Score;
import io.weir.schemas.event.TrustedEvents;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A recurrent model of windows, trained by the command, on the whole path: what the live stream
/// says of every event is what `weir score` says of the same rows, bit for bit and once, though the
/// processor is killed (SIGKILL) at random moments and shares its partitions with a second one for
/// a while.
///
/// `-Dweir.window.kills=20` kills more often.
@Timeout(900)
class WindowPathIT {
  private static final int KILLS = Integer.getInteger("weir.window.kills", 5);
  private static final long SEED = Long.getLong("weir.window.seed", 1);
  private static final int PARTITIONS = 4;
  private static final int STEPS = 8;
  private static final String TOPIC = "meters";
  private static final Map<String, String> IMPATIENT =
      Map.of(
          "group.min.session.timeout.ms", "1000",
          "group.initial.rebalance.delay.ms", "0",
          "transaction.abort.timed.out.transaction.cleanup.interval.ms", "500");

  @TempDir private Path directory;
  private LocalBroker broker;
  private LocalRegistry registry;

  @BeforeEach
  void start() throws IOException {
    broker = LocalBroker.start(directory.resolve("broker"), 0, IMPATIENT);
    registry = LocalRegistry.start(0);
    TrustedEvents.trust();
    for (String topic : List.of(TOPIC, Platform.ALERTS, Platform.SCORES, Platform.DEAD_LETTERS)) {
      broker.createTopic(topic, PARTITIONS, Map.of("retention.ms", "-1"));
    }
  }

  @AfterEach
  void stop() {
    registry.close();
    broker.close();
  }

  @Test
  void killedAndRebalancedTheStreamGivesTheScoresOfTheScoreCommandBitForBit() throws Exception {
    Path model = train();
    MeterEvents events = new MeterEvents(SEED);
    MeterFlow flow = new MeterFlow(events);
    flow.start();
    Random random = new Random(SEED);
    for (int kill = 0; kill < KILLS; kill++) {
      try (ChildApplication weir = weir(model, "one")) {
        awaitOutput(weir);
        Thread.sleep(random.nextInt(700));
        weir.requireAlive();
        weir.kill();
      }
    }
    try (ChildApplication one = weir(model, "one")) {
      awaitOutput(one);
      try (ChildApplication two = weir(model, "two")) {
        awaitOutput(two);
        Thread.sleep(5_000);
        two.requireAlive();
      }
      long sent = flow.stop();
      Map<Long, String> expected = scoreCommand(model, flow.rows());
      Map<Long, String> live = scoresTopic(one, expected.size());
      System.out.printf(
          "%d kills, one rebalance: %,d events, %,d scores, each once%n", KILLS, sent, live.size());
      assertThat(differences(expected, live)).isEmpty();
      // The windows of a device's first events, and of those after a gap, are not full.
      assertThat(expected.size()).isBetween((int) (sent * 0.5), (int) sent - STEPS);
    }
  }

  /// Event by event, since there are many.
  private static List<String> differences(Map<Long, String> expected, Map<Long, String> live) {
    TreeSet<Long> events = new TreeSet<>(expected.keySet());
    events.addAll(live.keySet());
    return events.stream()
        .filter(event -> !Objects.equals(expected.get(event), live.get(event)))
        .map(
            event ->
                "event %d: %s expected, %s live"
                    .formatted(event, expected.get(event), live.get(event)))
        .toList();
  }

  private Path train() throws IOException {
    Path history = directory.resolve("history.csv");
    try (Writer to = Files.newBufferedWriter(history)) {
      MeterEvents events = new MeterEvents(SEED + 1);
      to.write(MeterEvents.HEADER);
      for (int i = 0; i < 6_000; i++) {
        to.write(events.next().csv());
      }
    }
    Path model = directory.resolve("meters.onnx");
    weir(
        "train",
        "--data",
        history.toString(),
        "--preset",
        "lstm-vae",
        "--lstm",
        "16",
        "--latent",
        "3",
        "--steps",
        Integer.toString(STEPS),
        "--key",
        "device",
        "--time",
        "time",
        "--max-gap",
        "5m",
        "--epochs",
        "1",
        "--no-progress",
        "--out",
        model.toString());
    return model;
  }

  private static void weir(String... command) {
    PrintWriter messages = new PrintWriter(System.err, true);
    assertThat(io.weir.trainer.Main.run(messages, messages, command)).isZero();
  }

  private ChildApplication weir(Path model, String instance) throws IOException {
    Properties properties = new Properties();
    properties.put("application.id", "weir-meters");
    properties.put("bootstrap.servers", broker.bootstrapServers());
    properties.put("weir.input.topics", TOPIC);
    properties.put("weir.alerts.topic", Platform.ALERTS);
    properties.put("weir.scores.topic", Platform.SCORES);
    properties.put("weir.dead.letter.topic", Platform.DEAD_LETTERS);
    properties.put("weir.model.file", model.toString());
    properties.put("weir.http.port", "-1");
    properties.put("weir.schema.registry.url", registry.url());
    properties.put("weir.start.timeout.ms", "20000");
    properties.put("weir.batch.max", "128");
    // The meters' clocks drift apart by hours, and so would the time of a partition: a meter could
    // look
    // idle by it that is not by its own clock, which is all that the score command knows.
    properties.put("weir.window.idle.expiry.ms", String.valueOf(Duration.ofDays(30).toMillis()));
    properties.put("state.dir", directory.resolve("state-" + instance).toString());
    properties.put("consumer.session.timeout.ms", "1500");
    properties.put("consumer.heartbeat.interval.ms", "400");
    // Kills find transactions open, and offsets behind.
    properties.put("commit.interval.ms", "300");
    properties.put("producer.transaction.timeout.ms", "3000");
    Path file = directory.resolve(instance + ".properties");
    try (Writer to = Files.newBufferedWriter(file)) {
      properties.store(to, "weir run --config FILE");
    }
    return ChildApplication.start(file, directory.resolve(instance + ".log"));
  }

  /// Waits for the next output, committed or not.
  private void awaitOutput(ChildApplication weir) throws Exception {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      long before = end(consumer);
      while (end(consumer) == before) {
        weir.requireAlive();
        Thread.sleep(20);
      }
    }
  }

  private static long end(KafkaConsumer<byte[], byte[]> consumer) {
    return consumer.endOffsets(partitions()).values().stream().mapToLong(Long::longValue).sum();
  }

  private static List<TopicPartition> partitions() {
    return IntStream.range(0, PARTITIONS)
        .mapToObj(p -> new TopicPartition(Platform.SCORES, p))
        .toList();
  }

  /// By event number, each float in its shortest form, which is as good as its bits.
  private Map<Long, String> scoreCommand(Path model, String rows) throws IOException {
    Path data = Files.writeString(directory.resolve("live.csv"), rows);
    Path csv = directory.resolve("scores.csv");
    weir("score", "--model", model.toString(), "--data", data.toString(), "--out", csv.toString());
    Map<Long, String> scores = new TreeMap<>();
    List<String> lines = Files.readAllLines(csv);
    for (String line : lines.subList(1, lines.size())) {
      int comma = line.indexOf(',');
      scores.put(Long.valueOf(line.substring(0, comma)), line.substring(comma + 1));
    }
    return scores;
  }

  private Map<Long, String> scoresTopic(ChildApplication weir, int wanted) throws IOException {
    Map<Long, String> scores = new TreeMap<>();
    Map<String, Object> configs = new HashMap<>();
    configs.put("bootstrap.servers", broker.bootstrapServers());
    configs.put("isolation.level", "read_committed");
    configs.put("key.deserializer", ByteArrayDeserializer.class);
    configs.put("value.deserializer", KafkaAvroDeserializer.class);
    configs.put("schema.registry.url", registry.url());
    configs.put("specific.avro.reader", true);
    try (KafkaConsumer<byte[], Score> consumer = new KafkaConsumer<>(configs)) {
      consumer.assign(partitions());
      consumer.seekToBeginning(partitions());
      long quietSince = System.nanoTime();
      // Complete, and nothing more for as long as an abandoned transaction could stay open.
      while (scores.size() < wanted && quiet(quietSince) < 60 || quiet(quietSince) < 4) {
        weir.requireAlive();
        for (ConsumerRecord<byte[], Score> record : consumer.poll(Duration.ofMillis(200))) {
          quietSince = System.nanoTime();
          Score score = record.value();
          byte[] number = record.headers().lastHeader(EventProducer.NUMBER_HEADER).value();
          String before =
              scores.put(
                  Long.valueOf(new String(number, US_ASCII)),
                  "%s,%s,%s"
                      .formatted(
                          score.getScore(),
                          score.getReconstructionLoss(),
                          score.getKlDivergence()));
          assertThat(before).as("one score per event").isNull();
        }
      }
    }
    return scores;
  }

  private static long quiet(long since) {
    return Duration.ofNanos(System.nanoTime() - since).toSeconds();
  }

  /// Sends events, 2,000 a second, and notes them as rows of a CSV file.
  private final class MeterFlow {
    private final MeterEvents events;
    private final StringBuilder rows = new StringBuilder(MeterEvents.HEADER);
    private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::run);
    private volatile boolean stopped;
    private long sent;

    MeterFlow(MeterEvents events) {
      this.events = events;
    }

    void start() {
      thread.start();
    }

    private void run() {
      try (EventProducer producer =
          new EventProducer(broker.bootstrapServers(), registry.url(), TOPIC)) {
        producer.pace(2_000);
        while (!stopped) {
          MeterEvents.Meter meter = events.next();
          rows.append(meter.csv());
          producer.send(meter.event(sent++));
        }
      }
    }

    long stop() throws InterruptedException {
      stopped = true;
      thread.join();
      return sent;
    }

    String rows() {
      return rows.toString();
    }
  }
}
