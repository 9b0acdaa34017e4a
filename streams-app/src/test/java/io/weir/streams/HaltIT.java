package io.weir.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.detector.BatchScorer;
import io.weir.detector.Detector;
import io.weir.schemas.event.Score;
import io.weir.streams.fixture.Cluster;
import io.weir.streams.fixture.Payments;
import io.weir.streams.fixture.WeirJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Kills the processor (SIGKILL) at random moments while events flow, starts it again each time,
/// and counts what came out.
///
/// `-Dweir.halt.kills=100` kills more often than the 10 times for each guarantee,
/// `-Dweir.halt.seed=7` at other moments.
@Timeout(600)
class HaltIT {
  private static final int KILLS = Integer.getInteger("weir.halt.kills", 20) / 2;
  private static final long SEED = Long.getLong("weir.halt.seed", 1);
  private static final int PARTITIONS = 4;
  private static final int KINDS = 500;

  /// One record in so many is no event but a dead letter.
  private static final int BAD = 1_000;

  private static final int BACKLOG = 100_000;
  private static final long T0 = System.currentTimeMillis();

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

  @ParameterizedTest
  @ValueSource(strings = {"at_least_once", "exactly_once_v2"})
  void killsLoseNothingAndExactlyOnceRepeatsNothing(String guarantee) throws Exception {
    cluster.createTopics(guarantee, PARTITIONS);
    Random random = new Random(SEED);
    EventFlow flow = new EventFlow(guarantee);
    flow.send(BACKLOG);
    flow.start();
    for (int kill = 0; kill < KILLS; kill++) {
      try (WeirJvm weir = start(guarantee)) {
        awaitOutput(guarantee, weir);
        Thread.sleep(random.nextInt(700));
        assertThat(weir.isAlive()).as(weir::toString).isTrue();
        weir.kill();
      }
    }
    int events = flow.stop();
    Outputs outputs;
    try (WeirJvm weir = start(guarantee)) {
      outputs = read(guarantee, events);
      weir.terminate();
      assertThat(weir.exitCode()).as(weir::toString).isZero();
    }
    System.out.printf(
        "%s: %d kills, %,d records, %,d scores and %,d dead letters came out, %,d twice or more%n",
        guarantee, KILLS, events, outputs.scores, outputs.deadLetters, outputs.repeated());
    assertThat(outputs.wrong).as("scores with wrong bits, key or timestamp").isZero();
    assertThat(outputs.missing()).as("records without an output").isZero();
    if (guarantee.equals("exactly_once_v2")) {
      assertThat(outputs.repeated()).as("records with several outputs").isZero();
    }
  }

  private static WeirJvm start(String guarantee) throws Exception {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "processing.guarantee", guarantee,
                // Kills find transactions open, and offsets behind.
                "commit.interval.ms", "300",
                "producer.transaction.timeout.ms", "3000",
                "weir.batch.max", "128"));
    return WeirJvm.start(cluster.flags(guarantee, settings), directory.resolve(guarantee + ".log"));
  }

  /// Waits for the first new output, committed or not.
  private static void awaitOutput(String guarantee, WeirJvm weir) throws Exception {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer("read_uncommitted")) {
      List<TopicPartition> partitions = partitions(guarantee + "-scores");
      long before = end(consumer, partitions);
      while (end(consumer, partitions) == before) {
        assertThat(weir.isAlive()).as(weir::toString).isTrue();
        Thread.sleep(20);
      }
    }
  }

  private static long end(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
    return consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
  }

  private static Outputs read(String guarantee, int events) throws Exception {
    Outputs outputs = new Outputs(events);
    try (KafkaConsumer<byte[], byte[]> consumer = consumer("read_committed")) {
      List<TopicPartition> partitions = partitions(guarantee + "-scores");
      partitions.addAll(partitions(guarantee + "-dead"));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long quietSince = System.nanoTime();
      // Complete, and nothing more for as long as an abandoned transaction could stay open.
      while (outputs.missing() > 0 && quiet(quietSince) < 60 || quiet(quietSince) < 4) {
        var records = consumer.poll(Duration.ofMillis(200));
        for (ConsumerRecord<byte[], byte[]> record : records) {
          outputs.add(record);
          quietSince = System.nanoTime();
        }
      }
    }
    return outputs;
  }

  private static long quiet(long since) {
    return Duration.ofNanos(System.nanoTime() - since).toSeconds();
  }

  private static KafkaConsumer<byte[], byte[]> consumer(String isolation) {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", cluster.bootstrapServers(), "isolation.level", isolation),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private static List<TopicPartition> partitions(String topic) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (int p = 0; p < PARTITIONS; p++) {
      partitions.add(new TopicPartition(topic, p));
    }
    return partitions;
  }

  /// Record `i` goes to partition `i % 4` at offset `i / 4`, with key `k<i>` and timestamp T0 + i.
  private static final class EventFlow {
    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer = cluster.producer();
    private final byte[][] values = new byte[KINDS][];
    private final AtomicBoolean flowing = new AtomicBoolean(true);
    private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::flow);
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
        byte[] value = i % BAD == BAD - 1 ? new byte[] {1} : values[i % KINDS];
        producer.send(
            new ProducerRecord<>(topic, i % PARTITIONS, T0 + i, ("k" + i).getBytes(UTF_8), value));
      }
      producer.flush();
    }

    private void flow() {
      try {
        while (flowing.get()) {
          send(100);
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

  private static final class Outputs {
    private final int[] counts;
    private final float[] expected = expected();
    private final SpecificDatumReader<Score> reader = new SpecificDatumReader<>(Score.class);
    private BinaryDecoder decoder;
    private int missing;
    private long scores;
    private long deadLetters;
    private long wrong;

    Outputs(int events) throws Exception {
      counts = new int[events];
      missing = events;
    }

    int missing() {
      return missing;
    }

    long repeated() {
      return Arrays.stream(counts).filter(count -> count > 1).count();
    }

    void add(ConsumerRecord<byte[], byte[]> record) throws Exception {
      int i;
      if (record.topic().endsWith("-dead")) {
        deadLetters++;
        i =
            index(
                Integer.parseInt(header(record, "partition")),
                Long.parseLong(header(record, "offset")));
        wrong += i % BAD == BAD - 1 && Arrays.equals(record.value(), new byte[] {1}) ? 0 : 1;
      } else {
        scores++;
        decoder =
            DecoderFactory.get()
                .binaryDecoder(record.value(), 5, record.value().length - 5, decoder);
        Score score = reader.read(null, decoder);
        i = index(score.getPartition(), score.getOffset());
        wrong += score.getScore() == expected[i % KINDS] ? 0 : 1;
      }
      boolean origin =
          Arrays.equals(record.key(), ("k" + i).getBytes(UTF_8)) && record.timestamp() == T0 + i;
      wrong += origin ? 0 : 1;
      if (counts[i]++ == 0) {
        missing--;
      }
    }

    private static int index(int partition, long offset) {
      return Math.toIntExact(offset * PARTITIONS + partition);
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
      return new String(record.headers().lastHeader("__streams.errors." + name).value(), UTF_8);
    }

    private static float[] expected() throws Exception {
      float[] scores = new float[KINDS];
      try (Detector detector = Detector.open(cluster.model());
          BatchScorer scorer = detector.scorer(KINDS)) {
        for (int i = 0; i < KINDS; i++) {
          System.arraycopy(Payments.row(Payments.ordinary(i)), 0, scorer.features(), i * 5, 5);
        }
        scorer.scoreRows(KINDS);
        for (int i = 0; i < KINDS; i++) {
          scores[i] = scorer.score(i);
        }
      }
      return scores;
    }
  }
}
