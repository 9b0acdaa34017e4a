package io.weir.streams.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.weir.detector.Detector;
import io.weir.detector.Explainer;
import io.weir.local.LocalRegistry;
import io.weir.streams.decode.BadRecordException;
import io.weir.streams.decode.EventDecoder;
import io.weir.streams.decode.RegistryClients;
import io.weir.streams.decode.SchemaLookup;
import io.weir.streams.fixture.Payments;
import io.weir.streams.fixture.TinyModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LookAheadTest {
  private static final TopicPartition P0 = new TopicPartition("payments", 0);
  private static final TopicPartition P1 = new TopicPartition("payments", 1);
  private static final int BATCH = 16;

  private LocalRegistry registry;
  private SchemaRegistryClient client;
  private Detector detector;
  private LookAhead lookAhead;
  private PolledRecordsInterceptor interceptor;
  private ThreadScorer scorer;
  private int schema;
  private double threshold = Double.POSITIVE_INFINITY;

  @BeforeEach
  void start() throws Exception {
    registry = LocalRegistry.start(0);
    client = RegistryClients.open(List.of(registry.url()), Map.of());
    schema = client.register("payments-value", new AvroSchema(Payments.SCHEMA));
    detector = Detector.open(TinyModel.bytes(), "test");
    SchemaLookup lookup = new SchemaLookup(client, Duration.ZERO);
    lookAhead =
        new LookAhead(
            detector,
            () -> new EventDecoder(lookup, null, TinyModel.FEATURES),
            BATCH,
            new RowJudge() {
              @Override
              public int segment(float[] rows, int offset) {
                return 0;
              }

              @Override
              public boolean isAnomalous(int segment, float score) {
                return score > threshold;
              }
            });
    interceptor = new PolledRecordsInterceptor();
    interceptor.configure(Map.of(LookAhead.CONFIG, lookAhead));
    scorer = lookAhead.join();
  }

  @AfterEach
  void stop() throws Exception {
    if (!scorer.isClosed()) {
      lookAhead.leave(scorer, 0);
    }
    detector.close();
    client.close();
    registry.close();
    assertThat(detector.isFreed()).isTrue();
  }

  @Test
  void polledEventsAreScoredTogetherUpToTheBatchLimit() {
    List<ConsumerRecord<byte[], byte[]>> records = events(P0, 0, 40, _ -> true);
    poll(records);
    List<Float> scores = records.stream().map(this::score).toList();
    assertThat(scores).isEqualTo(alone(records));
    assertThat(lookAhead.calls()).as("16 + 16 + 8 events").isEqualTo(3 + 40);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 15, 16, 17, 31, 33})
  void theBitsDoNotDependOnHowManyWerePolled(int polled) {
    List<ConsumerRecord<byte[], byte[]>> records = events(P0, 0, 66, _ -> true);
    List<Float> expected = alone(records);
    List<Float> scores = new ArrayList<>();
    for (int i = 0; i < records.size(); i += polled) {
      List<ConsumerRecord<byte[], byte[]>> chunk =
          records.subList(i, Math.min(i + polled, records.size()));
      poll(chunk);
      chunk.forEach(record -> scores.add(score(record)));
    }
    assertThat(scores).isEqualTo(expected);
  }

  /// With none, a quarter and three quarters of the events at or below the threshold.
  @ParameterizedTest
  @ValueSource(ints = {0, 50, 150})
  void anomalousEventsOfABatchAreExplainedAsEachWouldBeAlone(int below) {
    List<ConsumerRecord<byte[], byte[]>> records = events(P0, 0, 200, _ -> true);
    threshold = below == 0 ? -1 : alone(records).stream().sorted().toList().get(below);
    int explained = 0;
    poll(records);
    try (Explainer single = detector.explainer()) {
      for (int i = 0; i < records.size(); i++) {
        if (score(records.get(i)) > threshold) {
          float[] row = Payments.row(Payments.ordinary(i));
          assertThat(scorer.explanation())
              .usingRecursiveComparison()
              .isEqualTo(single.explain(scorer.raw(), 0));
          assertThat(scorer.explanation().score()).isEqualTo(scorer.score());
          assertThat(scorer.raw()).as("amount and velocity").startsWith(row[0], row[1]);
          explained++;
        } else {
          assertThat(scorer.explanation()).isNull();
          assertThat(scorer.raw()).isNull();
        }
      }
    }
    assertThat(explained).isEqualTo(below == 0 ? 200 : 199 - below);
  }

  @Test
  void aBatchReachesAcrossPolls() {
    List<ConsumerRecord<byte[], byte[]>> records = events(P0, 0, 12, _ -> true);
    poll(records.subList(0, 5));
    poll(records.subList(5, 12));
    records.forEach(this::score);
    assertThat(lookAhead.calls()).isEqualTo(1);
  }

  @Test
  void eachPartitionHasItsOwnQueue() {
    List<ConsumerRecord<byte[], byte[]>> zero = events(P0, 0, 10, _ -> true);
    List<ConsumerRecord<byte[], byte[]>> one = events(P1, 500, 10, _ -> true);
    poll(zero, one);
    List<Float> scores = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      assertThat(score(zero.get(i))).isEqualTo(alone(List.of(zero.get(i))).getFirst());
      scores.add(score(one.get(i)));
    }
    assertThat(scores).isEqualTo(alone(one));
  }

  @Test
  void eventsWhoseTurnNeverComesAreDropped() {
    List<ConsumerRecord<byte[], byte[]>> records = events(P0, 0, 60, _ -> true);
    poll(records);
    List<ConsumerRecord<byte[], byte[]>> processed =
        IntStream.range(0, 60)
            .filter(i -> i % 3 != 0 && i < 20 || i > 45)
            .mapToObj(records::get)
            .toList();
    assertThat(processed.stream().map(this::score).toList()).isEqualTo(alone(processed));
  }

  @Test
  void gapsBetweenOffsetsAreNoHindrance() {
    List<ConsumerRecord<byte[], byte[]>> compacted = events(P0, 0, 90, i -> i % 7 == 3);
    poll(compacted);
    assertThat(compacted.stream().map(this::score).toList()).isEqualTo(alone(compacted));
  }

  @Test
  void anEventThatWasNotPolledHereIsScoredAlone() {
    List<ConsumerRecord<byte[], byte[]>> records = events(P0, 0, 20, _ -> true);
    poll(records.subList(10, 20));
    assertThat(records.stream().map(this::score).toList()).isEqualTo(alone(records));
  }

  @Test
  void aScoreNeverGoesToAnotherEventAtTheSameOffset() {
    List<ConsumerRecord<byte[], byte[]>> before = events(P0, 0, 10, _ -> true);
    poll(before);
    score(before.getFirst());
    byte[] recreated = Payments.bytes(schema, Payments.of("new", 321));
    ConsumerRecord<byte[], byte[]> other = record(P0, 1, recreated);
    assertThat(score(other)).isEqualTo(alone(List.of(other)).getFirst());
    assertThat(score(before.get(2))).isEqualTo(alone(List.of(before.get(2))).getFirst());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 9, 20, 39})
  void whenTheConsumerGoesBackTheQueueStartsAnew(int back) {
    List<ConsumerRecord<byte[], byte[]>> records = events(P0, 0, 40, _ -> true);
    poll(records);
    records.subList(0, 10).forEach(this::score);
    List<ConsumerRecord<byte[], byte[]>> again = records.subList(back, 40);
    poll(again);
    long calls = lookAhead.calls();
    assertThat(again.stream().map(this::score).toList()).isEqualTo(alone(again));
    int batches = (again.size() + BATCH - 1) / BATCH;
    assertThat(lookAhead.calls() - calls).isEqualTo(batches + again.size());
  }

  @Test
  void theConsumerMayGoBackAfterAllIsScored() {
    List<ConsumerRecord<byte[], byte[]>> records = events(P0, 0, 10, _ -> true);
    poll(records);
    records.forEach(this::score);
    poll(records);
    assertThat(records.stream().map(this::score).toList()).isEqualTo(alone(records));
  }

  @Test
  void anEventThatIsDoneTwiceHasItsBitsTwiceAndTheOthersKeepTheirs() {
    List<ConsumerRecord<byte[], byte[]>> records = events(P0, 0, 40, _ -> true);
    List<Float> expected = alone(records);
    poll(records);
    for (int i = 0; i < 40; i++) {
      // Kafka Streams does an event again whose output timed out.
      for (int turn = 0; turn < 1 + i % 3; turn++) {
        assertThat(score(records.get(i))).isEqualTo(expected.get(i));
      }
    }
  }

  @Test
  void badRecordsInABatchDoNotDisturbTheOthers() {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>(events(P0, 0, 30, _ -> true));
    Map<Integer, byte[]> bad = new HashMap<>();
    bad.put(0, null);
    bad.put(7, new byte[] {0, 1});
    bad.put(15, Payments.bytes(schema, Payments.of("x", Double.NaN)));
    bad.put(16, new byte[0]);
    bad.put(29, Payments.bytes(424_242, Payments.of("x", 1)));
    bad.forEach((i, value) -> records.set(i, record(P0, i, value)));
    poll(records);
    for (int i = 0; i < 30; i++) {
      ConsumerRecord<byte[], byte[]> record = records.get(i);
      if (bad.containsKey(i)) {
        assertThatThrownBy(() -> score(record)).isInstanceOf(BadRecordException.class);
      } else {
        assertThat(score(record)).isEqualTo(alone(List.of(record)).getFirst());
      }
    }
  }

  @Test
  void onlyTheEventWhoseTurnItIsWaitsForTheRegistry() throws Exception {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>(events(P0, 0, 10, _ -> true));
    records.set(5, record(P0, 5, Payments.bytes(424_242, Payments.of("x", 1))));
    poll(records);
    score(records.getFirst());
    registry.close();
    records.subList(1, 5).forEach(this::score);
    assertThat(lookAhead.calls()).isEqualTo(1);
    assertThatThrownBy(() -> score(records.get(5)))
        .hasMessageContaining("The schema registry gave no schema 424242")
        .hasMessageContaining("Nothing is lost");
  }

  @Test
  void aTaskThatLeavesTakesItsPolledRecordsAlong() {
    poll(events(P0, 0, 10, _ -> true), events(P1, 0, 10, _ -> true));
    ThreadScorer second = lookAhead.join();
    assertThat(second).isSameAs(scorer);
    assertThat(scorer.remembered()).isEqualTo(2);
    lookAhead.leave(scorer, 1);
    assertThat(scorer.remembered()).isEqualTo(1);
    assertThat(scorer.isClosed()).isFalse();
    lookAhead.leave(scorer, 0);
    assertThat(scorer.remembered()).isZero();
    assertThat(scorer.isClosed()).isTrue();
    ThreadScorer next = lookAhead.join();
    assertThat(next).isNotSameAs(scorer);
    lookAhead.leave(next, 0);
  }

  @Test
  void threadsDoNotSeeEachOthersRecords() throws Exception {
    poll(events(P0, 0, 10, _ -> true));
    int[] remembered = new int[1];
    Thread other =
        new Thread(
            () -> {
              ThreadScorer own = lookAhead.join();
              remembered[0] = own.remembered();
              lookAhead.leave(own, 0);
            });
    other.start();
    other.join();
    assertThat(remembered[0]).isZero();
  }

  @Test
  void anInterceptorWithoutItsApplicationIsRefused() {
    assertThatThrownBy(() -> new PolledRecordsInterceptor().configure(Map.of()))
        .isInstanceOf(ConfigException.class);
  }

  private float score(ConsumerRecord<byte[], byte[]> record) {
    scorer.score(
        new TopicPartition(record.topic(), record.partition()), record.offset(), record.value());
    return scorer.score();
  }

  /// Scores of the same bytes, each in a call of its own: nothing was ever polled for this
  /// partition.
  private List<Float> alone(List<ConsumerRecord<byte[], byte[]>> records) {
    List<Float> scores = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      scorer.score(new TopicPartition("elsewhere", 9), record.offset(), record.value());
      scores.add(scorer.score());
    }
    return scores;
  }

  @SafeVarargs
  private void poll(List<ConsumerRecord<byte[], byte[]>>... partitions) {
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new LinkedHashMap<>();
    for (List<ConsumerRecord<byte[], byte[]>> list : partitions) {
      records.put(new TopicPartition(list.getFirst().topic(), list.getFirst().partition()), list);
    }
    ConsumerRecords<byte[], byte[]> polled = new ConsumerRecords<>(records, Map.of());
    assertThat(interceptor.onConsume(polled)).isSameAs(polled);
  }

  private List<ConsumerRecord<byte[], byte[]>> events(
      TopicPartition partition, int from, int count, IntPredicate kept) {
    return IntStream.range(from, from + count)
        .filter(kept)
        .mapToObj(i -> record(partition, i, Payments.bytes(schema, Payments.ordinary(i))))
        .toList();
  }

  private static ConsumerRecord<byte[], byte[]> record(
      TopicPartition partition, long offset, byte[] value) {
    return new ConsumerRecord<>(partition.topic(), partition.partition(), offset, null, value);
  }
}
