package io.weir.streams.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/// One partition, "payments-0", that keeps the offsets from 100 on.
class EventFetchTest {
  private static final TopicPartition PARTITION = new TopicPartition("payments", 0);
  private static final long FIRST = 100;

  private final Log log = new Log();
  private final EventFetch fetch = new EventFetch(log, Duration.ofSeconds(30));

  @Test
  void anEventIsFoundByItsOffset() {
    log.fill(50, "a", "b");

    assertThat(fetch.at(PARTITION, 117))
        .isInstanceOfSatisfying(
            EventFetch.Fetched.Event.class,
            found -> {
              assertThat(found.record().offset()).isEqualTo(117);
              assertThat(text(found.record().key())).isEqualTo("b");
            });
  }

  @Test
  void aMissingEventIsToldWithItsReason() {
    log.fill(50, "a");
    log.forget(120);

    assertThat(missing("orders", 0, 7)).isEqualTo("there is no topic orders");
    assertThat(missing("payments", 3, 7)).contains("has 1 partitions, none with the number 3");
    assertThat(missing("payments", 0, 99))
        .isEqualTo(
            "partition payments-0 has the offsets 100 to 149, and not 99: the event is older than"
                + " what the topic keeps");
    assertThat(missing("payments", 0, 150)).endsWith("has the offsets 100 to 149, and not 150");
    assertThat(missing("payments", 0, 120)).contains("no event at offset 120", "compacted away");
  }

  @Test
  void earlierEventsAreThoseOfTheKeyThatCount() {
    log.fill(60, "a", "b", "c");

    assertThat(offsets(fetch.before(log.at(156), 3, _ -> true))).containsExactly(147L, 150L, 153L);
    // 102, 105, ... are of key c; those below 144 do not count.
    assertThat(offsets(fetch.before(log.at(156), 3, r -> r.offset() < 144)))
        .isNotEmpty()
        .allMatch(offset -> offset < 144);
  }

  @Test
  void aRareKeyIsLookedForToTheBeginningOfThePartition() {
    log.fill(20_000, "busy");
    log.put(103, "rare");
    log.put(9_000, "rare");
    log.put(20_050, "rare");

    assertThat(offsets(fetch.before(log.at(20_050), 5, _ -> true))).containsExactly(103L, 9_000L);
    assertThat(offsets(fetch.before(log.at(20_050), 1, _ -> true))).containsExactly(9_000L);
  }

  @Test
  void recordsWithoutAKeyAreOneAnothersEarlierEvents() {
    log.fill(10, "a", null);

    assertThat(offsets(fetch.before(log.at(107), 2, _ -> true))).containsExactly(103L, 105L);
  }

  private String missing(String topic, int partition, long offset) {
    return ((EventFetch.Fetched.Missing) fetch.at(new TopicPartition(topic, partition), offset))
        .why();
  }

  private static List<Long> offsets(List<ConsumerRecord<byte[], byte[]>> records) {
    return records.stream().map(ConsumerRecord::offset).toList();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }

  /// Kafka's mock forgets what it gave: this one gives it again after a seek, as brokers do.
  private static final class Log extends MockConsumer<byte[], byte[]> {
    private final TreeMap<Long, ConsumerRecord<byte[], byte[]>> records = new TreeMap<>();

    Log() {
      super("none");
      updatePartitions(
          PARTITION.topic(),
          List.of(new PartitionInfo(PARTITION.topic(), 0, Node.noNode(), null, null)));
      updateBeginningOffsets(Map.of(PARTITION, FIRST));
    }

    void fill(int count, String... keys) {
      for (int i = 0; i < count; i++) {
        put(FIRST + i, keys[i % keys.length]);
      }
    }

    void put(long offset, String key) {
      records.put(
          offset,
          new ConsumerRecord<>(
              PARTITION.topic(),
              0,
              offset,
              key == null ? null : key.getBytes(UTF_8),
              new byte[] {1}));
      updateEndOffsets(Map.of(PARTITION, records.lastKey() + 1));
    }

    void forget(long offset) {
      records.remove(offset);
    }

    ConsumerRecord<byte[], byte[]> at(long offset) {
      return records.get(offset);
    }

    @Override
    public synchronized void seek(TopicPartition partition, long offset) {
      super.seek(partition, offset);
      new ArrayList<>(records.tailMap(offset).values()).forEach(this::addRecord);
    }
  }
}
