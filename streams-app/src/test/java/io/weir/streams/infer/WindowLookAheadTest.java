package io.weir.streams.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.weir.detector.Detector;
import io.weir.local.LocalRegistry;
import io.weir.streams.decode.BadRecordException;
import io.weir.streams.decode.EventDecoder;
import io.weir.streams.decode.RegistryClients;
import io.weir.streams.decode.SchemaLookup;
import io.weir.streams.fixture.OfflineWindows;
import io.weir.streams.fixture.Payments;
import io.weir.streams.fixture.TinyModel;
import io.weir.streams.fixture.TinyWindowModel;
import io.weir.streams.gather.TaskWindows;
import io.weir.streams.gather.WindowRules;
import io.weir.streams.path.HeapStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whatever is polled, expires and is rebuilt: the windows of events scored ahead have the bits of
/// windows made of plain lists and scored one by one.
class WindowLookAheadTest {
  private static final TopicPartition PARTITION = new TopicPartition("payments", 0);
  private static final long GAP = 1_000;
  private static final int BATCH = 32;

  private LocalRegistry registry;
  private SchemaRegistryClient client;
  private int schema;

  @BeforeEach
  void start() throws Exception {
    registry = LocalRegistry.start(0);
    client = RegistryClients.open(List.of(registry.url()), Map.of());
    schema = client.register("payments-value", new AvroSchema(Payments.SCHEMA));
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    registry.close();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 3, 2, false, false",
    "2, 5, 12, false, true",
    "3, 4, 12, true, false",
    "4, 8, 40, true, true",
    "5, 3, 1, false, true",
    "6, 16, 3, true, true"
  })
  void randomInterleavingsHaveTheBitsOfOneByOne(
      long seed, int steps, int keys, boolean padded, boolean lstm) throws Exception {
    TinyWindowModel model =
        lstm ? TinyWindowModel.lstm(steps, GAP) : TinyWindowModel.of(steps, GAP);
    try (Stream stream = new Stream((padded ? model.padded() : model).bytes());
        OfflineWindows offline = new OfflineWindows(stream.detector)) {
      Random random = new Random(seed);
      List<ConsumerRecord<byte[], byte[]>> records = records(random, 1_500, keys);
      int polled = 0;
      int scores = 0;
      int expired = 0;
      for (int i = 0; i < records.size(); i++) {
        while (polled <= i || polled < records.size() && random.nextInt(20) == 0) {
          int to = Math.min(records.size(), polled + random.nextInt(1, 120));
          stream.poll(records.subList(polled, to));
          polled = to;
        }
        ConsumerRecord<byte[], byte[]> record = records.get(i);
        if (record.value().length == 1) {
          assertThatThrownBy(() -> stream.score(record)).isInstanceOf(BadRecordException.class);
          continue;
        }
        Float expected =
            offline.score(record.key(), record.timestamp(), Payments.row(Payments.ordinary(i)));
        assertThat(stream.score(record)).as("event %d", i).isEqualTo(Optional.ofNullable(expected));
        scores += expected == null ? 0 : 1;
        if (random.nextInt(100) == 0) {
          expired += stream.windows.tidy(50);
        }
        if (random.nextInt(400) == 0) {
          stream.rebuild();
        }
      }
      assertThat(scores).as("a test of something").isGreaterThan(100);
      assertThat(expired > 0).as("keys that expired: %d", expired).isEqualTo(keys == 40);
      assertThat(stream.lookAhead.calls())
          .as("scored ahead, not one by one")
          .isLessThan(scores / 2 + 40);
    }
  }

  @Test
  void aPollOfOneKeyIsOneCall() throws Exception {
    try (Stream stream = new Stream(TinyWindowModel.lstm(4, null).bytes())) {
      List<ConsumerRecord<byte[], byte[]>> records = records(new Random(1), 20, 1);
      records.removeIf(record -> record.value().length == 1);
      stream.poll(records);
      records.forEach(stream::score);
      assertThat(stream.lookAhead.calls()).isEqualTo(1);
    }
  }

  @Test
  void aWindowThatCameOtherwiseThanAssumedIsScoredAgain() throws Exception {
    try (Stream stream = new Stream(TinyWindowModel.of(3, GAP).padded().bytes());
        OfflineWindows offline = new OfflineWindows(stream.detector)) {
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      for (int i = 0; i < 9; i++) {
        records.add(record(i, "k".getBytes(), i * 10L, value(i)));
      }
      stream.poll(records);
      for (int i = 0; i < 9; i++) {
        // Event 4 was polled and never comes.
        if (i != 4) {
          ConsumerRecord<byte[], byte[]> record = records.get(i);
          assertThat(stream.score(record))
              .hasValue(
                  offline.score(
                      record.key(), record.timestamp(), Payments.row(Payments.ordinary(i))));
        }
      }
      assertThat(stream.lookAhead.calls()).as("one for all, one for each after it").isEqualTo(5);
    }
  }

  @Test
  void recordsWithoutATimestampGetTheirOwnAtTheirTurn() throws Exception {
    try (Stream stream = new Stream(TinyWindowModel.of(2, GAP).padded().bytes());
        OfflineWindows offline = new OfflineWindows(stream.detector)) {
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        records.add(record(i, "k".getBytes(), -1, value(i)));
      }
      stream.poll(records);
      for (int i = 0; i < 6; i++) {
        long given = i * 400L * i;
        assertThat(stream.score(records.get(i), given))
            .hasValue(offline.score("k".getBytes(), given, Payments.row(Payments.ordinary(i))));
      }
    }
  }

  /// Bursts with gaps, late events, now and then a bad record.
  private List<ConsumerRecord<byte[], byte[]>> records(Random random, int count, int keys) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    long now = 10_000;
    for (int i = 0; i < count; i++) {
      now += random.nextInt(100) == 0 ? 3 * GAP : random.nextInt(20);
      long timestamp = random.nextInt(10) == 0 ? now - random.nextInt(500) : now;
      byte[] key = {(byte) random.nextInt(keys), 0};
      byte[] value = random.nextInt(50) == 0 ? new byte[] {9} : value(i);
      records.add(record(2L * i, key, timestamp, value));
    }
    return records;
  }

  private byte[] value(int i) {
    return Payments.bytes(schema, Payments.ordinary(i));
  }

  private static ConsumerRecord<byte[], byte[]> record(
      long offset, byte[] key, long timestamp, byte[] value) {
    return new ConsumerRecord<>(
        PARTITION.topic(),
        PARTITION.partition(),
        offset,
        timestamp,
        timestamp < 0 ? TimestampType.NO_TIMESTAMP_TYPE : TimestampType.CREATE_TIME,
        key.length,
        value.length,
        key,
        value,
        new RecordHeaders(),
        Optional.empty());
  }

  /// A thread with one task.
  private final class Stream implements AutoCloseable {
    private final Detector detector;
    private final LookAhead lookAhead;
    private final PolledRecordsInterceptor interceptor = new PolledRecordsInterceptor();
    private final ThreadScorer scorer;
    private final HeapStore store = new HeapStore("test");
    private final WindowRules rules;
    private TaskWindows windows;
    private WindowScorer windowScorer;

    Stream(byte[] model) throws Exception {
      detector = Detector.open(model, "test");
      SchemaLookup lookup = new SchemaLookup(client, Duration.ZERO);
      lookAhead =
          new LookAhead(
              detector,
              () -> new EventDecoder(lookup, null, TinyModel.FEATURES),
              BATCH,
              RowJudge.above(1));
      interceptor.configure(Map.of(LookAhead.CONFIG, lookAhead));
      scorer = lookAhead.join();
      Long gap = detector.card().window().maxGapMillis();
      rules =
          new WindowRules(
              detector.card().steps(),
              TinyModel.FEATURES.size(),
              1,
              gap == null ? WindowRules.NEVER : gap,
              detector.card().window().padded(),
              gap == null ? WindowRules.NEVER : 2 * gap,
              WindowRules.Keyless.DEAD_LETTER);
      rebuild();
    }

    void rebuild() {
      windows = new TaskWindows(rules, store, _ -> true, "test");
      windowScorer = scorer.over(windows);
    }

    void poll(List<ConsumerRecord<byte[], byte[]>> records) {
      interceptor.onConsume(new ConsumerRecords<>(Map.of(PARTITION, records), Map.of()));
    }

    Optional<Float> score(ConsumerRecord<byte[], byte[]> record) {
      return score(record, record.timestamp());
    }

    Optional<Float> score(ConsumerRecord<byte[], byte[]> record, long timestamp) {
      boolean scored =
          windowScorer.score(PARTITION, record.offset(), record.key(), timestamp, record.value());
      if (scored && scorer.score() > 1) {
        assertThat(scorer.explanation().score()).isEqualTo(scorer.score());
        assertThat(scorer.raw()).hasSize(rules.values());
      }
      return scored ? Optional.of(scorer.score()) : Optional.empty();
    }

    @Override
    public void close() {
      lookAhead.leave(scorer, 0);
      detector.close();
      assertThat(detector.isFreed()).isTrue();
      store.close();
    }
  }
}
