package io.weir.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.detector.BatchScorer;
import io.weir.detector.Detector;
import io.weir.schemas.event.Alert;
import io.weir.schemas.event.Score;
import io.weir.streams.fixture.Cluster;
import io.weir.streams.fixture.Payments;
import io.weir.streams.fixture.TinyModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class WeirApplicationIT {
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

  @Test
  void everyEventIsScoredWithTheBitsOfTheBatchScorerAndTheAnomalousOnesBecomeAlerts()
      throws Exception {
    int n = 5_000;
    cluster.createTopics("whole", 2);
    try (KafkaProducer<byte[], Object> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", cluster.bootstrapServers()),
            new ByteArraySerializer(),
            cluster.officialSerializer())) {
      for (int i = 0; i < n; i++) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("trace", ("t" + i).getBytes(UTF_8));
        producer.send(
            new ProducerRecord<>(
                "whole", i % 2, T0 + i, ("k" + i).getBytes(UTF_8), payment(i), headers));
      }
    }
    List<ConsumerRecord<byte[], Object>> scores;
    try (WeirApplication application = WeirApplication.start(cluster.settings("whole", Map.of()))) {
      scores = cluster.read("whole-scores", cluster.officialDeserializer(), r -> r.size() >= n);
      assertThat(application.scoringCalls())
          .as("calls of ONNX Runtime for %s events", n)
          .isLessThan(n / 10);
      assertThat(application.progress().events()).isEqualTo(n);
      assertThat(application.failure()).isEmpty();
    }
    assertThat(scores).hasSize(n);
    float[] expected = scoresOf(n);
    for (ConsumerRecord<byte[], Object> record : scores) {
      Score score = (Score) record.value();
      int i = (int) score.getOffset() * 2 + score.getPartition();
      assertThat(score.getScore()).isEqualTo(expected[i]);
      assertThat(score.getAnomalous()).isEqualTo(expected[i] > TinyModel.THRESHOLD);
      assertThat(record.key()).isEqualTo(("k" + i).getBytes(UTF_8));
      assertThat(record.timestamp()).isEqualTo(T0 + i);
      assertThat(record.headers().lastHeader("trace").value()).isEqualTo(("t" + i).getBytes(UTF_8));
    }
    int anomalous = n / 100;
    List<ConsumerRecord<byte[], Object>> alerts =
        cluster.read("whole-alerts", cluster.officialDeserializer(), r -> r.size() >= anomalous);
    assertThat(alerts).hasSize(anomalous);
    for (ConsumerRecord<byte[], Object> record : alerts) {
      Alert alert = (Alert) record.value();
      int i = (int) alert.getOffset() * 2 + alert.getPartition();
      assertThat(i % 100).isZero();
      assertThat(alert.getScore()).isEqualTo(expected[i]);
      assertThat(alert.getFeatures().getFirst().getName()).isEqualTo("amount");
      assertThat(record.timestamp()).isEqualTo(T0 + i);
    }
    assertThat(members("whole-app")).as("members left in the group after close").isZero();
  }

  @Test
  void eightKindsOfPoisonAreDeadLettersAndTheStreamLives() throws Exception {
    cluster.createTopics("poison", 1);
    int schema = cluster.register("poison", Payments.SCHEMA);
    int other = cluster.register("refunds", Payments.OTHER);
    GenericRecord refund = new GenericData.Record(Payments.OTHER);
    refund.put("id", "r");
    byte[] good = Payments.bytes(schema, Payments.of("a", 20));
    byte[] hugeLength = Arrays.copyOf(good, 15);
    System.arraycopy(new byte[] {-2, -1, -1, -1, 15}, 0, hugeLength, 5, 5);
    Map<String, byte[]> poison = new TreeMap<>();
    poison.put("empty", new byte[0]);
    poison.put("no magic byte", "{\"amount\": 20}".getBytes(UTF_8));
    poison.put("unknown id", Payments.bytes(987_654, Payments.of("a", 20)));
    poison.put("truncated", Arrays.copyOf(good, good.length - 9));
    poison.put("wrong schema", Payments.bytes(other, refund));
    poison.put("NaN", Payments.bytes(schema, Payments.of("a", Double.NaN)));
    poison.put("huge length", hugeLength);
    poison.put("tombstone", null);
    try (KafkaProducer<byte[], byte[]> producer = cluster.producer()) {
      for (int i = 0; i < 3; i++) {
        poison.forEach(
            (kind, value) -> {
              producer.send(new ProducerRecord<>("poison", 0, T0, kind.getBytes(UTF_8), value));
              producer.send(new ProducerRecord<>("poison", 0, T0, null, good));
            });
      }
    }
    try (WeirApplication application =
        WeirApplication.start(cluster.settings("poison", Map.of()))) {
      List<ConsumerRecord<byte[], byte[]>> letters =
          cluster.read("poison-dead", new ByteArrayDeserializer(), r -> r.size() >= 24);
      assertThat(cluster.read("poison-scores", new ByteArrayDeserializer(), r -> r.size() >= 24))
          .hasSize(24);
      Map<String, Integer> counts = new TreeMap<>();
      for (ConsumerRecord<byte[], byte[]> letter : letters) {
        String kind = new String(letter.key(), UTF_8);
        assertThat(letter.value()).isEqualTo(poison.get(kind));
        assertThat(letter.timestamp()).isEqualTo(T0);
        String reason = header(letter, "__streams.errors.message").split(":")[0];
        counts.merge(kind + " -> " + reason, 1, Integer::sum);
      }
      assertThat(counts)
          .isEqualTo(
              Map.of(
                  "empty -> EMPTY", 3,
                  "no magic byte -> NO_MAGIC_BYTE", 3,
                  "unknown id -> UNKNOWN_SCHEMA_ID", 3,
                  "truncated -> TRUNCATED", 3,
                  "wrong schema -> UNSUITABLE_SCHEMA", 3,
                  "NaN -> MISSING_VALUE", 3,
                  "huge length -> TRUNCATED", 3,
                  "tombstone -> TOMBSTONE", 3));
      try (KafkaProducer<byte[], byte[]> producer = cluster.producer()) {
        producer.send(new ProducerRecord<>("poison", 0, T0, null, good));
      }
      assertThat(cluster.read("poison-scores", new ByteArrayDeserializer(), r -> r.size() >= 25))
          .hasSize(25);
      assertThat(application.progress().bad()).isEqualTo(24);
      assertThat(application.failure()).isEmpty();
    }
  }

  @Test
  void withExactlyOnceEveryScoreIsCommittedOnce() throws Exception {
    int n = 20_000;
    cluster.createTopics("once", 2);
    int schema = cluster.register("once", Payments.SCHEMA);
    Map<String, String> exactlyOnce = Map.of("processing.guarantee", "exactly_once_v2");
    try (KafkaProducer<byte[], byte[]> producer = cluster.producer()) {
      for (int i = 0; i < n; i++) {
        producer.send(
            new ProducerRecord<>(
                "once", i % 2, T0, null, Payments.bytes(schema, Payments.ordinary(i))));
      }
    }
    WeirApplication first = WeirApplication.start(cluster.settings("once", exactlyOnce));
    assertThat(first.awaitRunning(Duration.ofSeconds(30))).isTrue();
    first.close();
    try (WeirApplication second = WeirApplication.start(cluster.settings("once", exactlyOnce))) {
      List<ConsumerRecord<byte[], Object>> scores = cluster.scores("once", n);
      assertThat(scores).hasSize(n);
      assertThat(
              scores.stream()
                  .map(r -> (Score) r.value())
                  .map(s -> s.getPartition() + "/" + s.getOffset())
                  .distinct())
          .hasSize(n);
      assertThat(second.failure()).isEmpty();
    }
  }

  @Test
  void partitionsMoveBetweenInstancesWithoutLoss() throws Exception {
    int n = 6_000;
    cluster.createTopics("moving", 4);
    int schema = cluster.register("moving", Payments.SCHEMA);
    try (KafkaProducer<byte[], byte[]> producer = cluster.producer()) {
      WeirApplication first =
          WeirApplication.start(cluster.settings("moving", Map.of("num.stream.threads", "2")));
      WeirApplication second = null;
      for (int i = 0; i < n; i++) {
        producer.send(
            new ProducerRecord<>(
                "moving", i % 4, T0, null, Payments.bytes(schema, Payments.ordinary(i))));
        if (i == n / 3) {
          second = WeirApplication.start(cluster.settings("moving", Map.of()));
          assertThat(second.awaitRunning(Duration.ofSeconds(60))).isTrue();
        }
        if (i == 2 * n / 3) {
          first.close();
        }
      }
      producer.flush();
      float[] expected = scoresOf(n, Payments::ordinary);
      Map<String, Float> scores = new HashMap<>();
      cluster.read(
          "moving-scores",
          cluster.officialDeserializer(),
          records -> {
            records.forEach(
                record -> {
                  Score score = (Score) record.value();
                  scores.put(score.getPartition() + "/" + score.getOffset(), score.getScore());
                });
            return scores.size() >= n;
          });
      assertThat(scores).hasSize(n);
      for (int i = 0; i < n; i++) {
        assertThat(scores.get(i % 4 + "/" + i / 4)).isEqualTo(expected[i]);
      }
      assertThat(first.failure()).isEmpty();
      assertThat(second.failure()).isEmpty();
      second.close();
    }
  }

  private static GenericRecord payment(int i) {
    return i % 100 == 0 ? Payments.of("p" + i, 900 + i) : Payments.ordinary(i);
  }

  private static float[] scoresOf(int n) throws Exception {
    return scoresOf(n, WeirApplicationIT::payment);
  }

  private static float[] scoresOf(int n, java.util.function.IntFunction<GenericRecord> payments)
      throws Exception {
    float[] scores = new float[n];
    try (Detector detector = Detector.open(cluster.model());
        BatchScorer scorer = detector.scorer(n)) {
      for (int i = 0; i < n; i++) {
        System.arraycopy(Payments.row(payments.apply(i)), 0, scorer.features(), i * 5, 5);
      }
      scorer.scoreRows(n);
      for (int i = 0; i < n; i++) {
        scores[i] = scorer.score(i);
      }
    }
    return scores;
  }

  private static int members(String group) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
      return new ArrayList<>(
              admin
                  .describeConsumerGroups(List.of(group))
                  .describedGroups()
                  .get(group)
                  .get()
                  .members())
          .size();
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }
}
