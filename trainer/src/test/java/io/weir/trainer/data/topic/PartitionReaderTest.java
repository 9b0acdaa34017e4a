package io.weir.trainer.data.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.weir.schemas.card.ModelCard.OffsetRange;
import io.weir.trainer.data.ask.DataException;
import io.weir.trainer.data.topic.SpoolState.Part;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartitionReaderTest {
  private static final TopicPartition PARTITION = new TopicPartition("t", 0);
  private static final Schema VALUES =
      SchemaBuilder.record("E").fields().requiredLong("x").endRecord();

  @TempDir Path directory;
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
  private final LongAdder passed = new LongAdder();
  private final AtomicBoolean stop = new AtomicBoolean();

  @BeforeEach
  void prepare() {
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
  }

  @Test
  void itEndsByPositionWhereTheLastOffsetsHoldNoRecord() throws IOException {
    // As the consumer moves over compacted offsets and the marks of transactions.
    records(3, 4, 9);
    consumer.schedulePollTask(() -> consumer.seek(PARTITION, 12));
    Part part = read(0, 12, Duration.ofSeconds(30));
    assertThat(part.next()).isEqualTo(12);
    assertThat(tombstones(part)).isEqualTo(3);
    assertThat(passed.sum()).isEqualTo(12);
  }

  @Test
  void recordsBehindTheEndAreNotTaken() throws IOException {
    records(3, 4, 9);
    Part part = read(0, 6, Duration.ofSeconds(30));
    assertThat(part.next()).isEqualTo(6);
    assertThat(tombstones(part)).isEqualTo(2);
  }

  @Test
  void anEmptyRangeAsksForNothingAndLeavesAFile() throws IOException {
    Part part = read(5, 5, Duration.ofSeconds(30));
    assertThat(part.bytes()).isPositive();
    assertThat(part.rows()).isZero();
  }

  @Test
  void aStopLeavesTheSpoolWhereItIs() throws IOException {
    records(0, 1, 2);
    consumer.schedulePollTask(() -> {});
    consumer.schedulePollTask(() -> stop.set(true));
    Part part = read(0, 100, Duration.ofSeconds(30));
    assertThat(part.next()).isEqualTo(3);
  }

  @Test
  void brokersThatGiveNothingAreWaitedForNoLongerThanPatienceHas() {
    assertThatThrownBy(() -> read(0, 5, Duration.ofMillis(50)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("t-0: the brokers give nothing from offset 0 on");
  }

  private void records(long... offsets) {
    consumer.schedulePollTask(
        () -> {
          for (long offset : offsets) {
            consumer.addRecord(new ConsumerRecord<>("t", 0, offset, null, null));
          }
        });
  }

  private static long tombstones(Part part) {
    return part.leftOut().get(Reason.TOMBSTONE).records();
  }

  private Part read(long first, long end, Duration patience) throws IOException {
    Part begun = Part.begin(new OffsetRange(0, first, end));
    try (SpoolDirectory spool = SpoolDirectory.temporary(directory)) {
      spool.begin(
          new SpoolState(
              SpoolState.FORMAT, "t", "", "b", "0", "1", false, "", "{}", List.of(begun)));
      RecordDecoder decoder =
          new RecordDecoder(new SchemaBook(new MockSchemaRegistryClient(), "http://r"), VALUES);
      try (PartitionSpool rows =
          PartitionSpool.open(spool.file(0), begun, VALUES, TopicFields.schema(VALUES, "here"))) {
        new PartitionReader(consumer, decoder, spool, patience, passed, stop::get)
            .read(PARTITION, rows, end);
      }
      return spool.state().orElseThrow().partitions().getFirst();
    }
  }
}
