package io.weir.trainer.data.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.schemas.card.ModelCard.LeftOut;
import io.weir.schemas.card.ModelCard.OffsetRange;
import io.weir.trainer.data.ask.DataException;
import io.weir.trainer.data.topic.RecordDecoder.Outcome;
import io.weir.trainer.data.topic.SpoolState.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
  private static final Schema VALUES =
      SchemaBuilder.record("E").namespace("n").fields().requiredLong("x").endRecord();
  private static final Schema ROWS = TopicFields.schema(VALUES, "here");

  @TempDir Path directory;

  private Path file() {
    return directory.resolve("partition-000003.avro");
  }

  @Test
  void aRowHoldsTheValueAndWhereItComesFrom() throws IOException {
    try (PartitionSpool spool = PartitionSpool.open(file(), begin(0, 9), VALUES, ROWS)) {
      spool.add(record(4, "card-1".getBytes(StandardCharsets.UTF_8), 1_000), row(40));
      spool.add(record(5, new byte[] {(byte) 0xff, 1}, -1), row(50));
      spool.add(record(6, null, 3_000), row(60));
    }
    List<GenericRecord> rows = rows();
    assertThat(rows).extracting(r -> r.get("x")).containsExactly(40L, 50L, 60L);
    assertThat(rows)
        .extracting(r -> r.get(TopicFields.KEY) == null ? null : r.get(TopicFields.KEY).toString())
        .containsExactly("card-1", "ff01", null);
    assertThat(rows)
        .extracting(r -> r.get(TopicFields.TIMESTAMP))
        .containsExactly(1_000L, null, 3_000L);
    assertThat(rows).extracting(r -> r.get(TopicFields.PARTITION)).containsOnly(3);
    assertThat(rows).extracting(r -> r.get(TopicFields.OFFSET)).containsExactly(4L, 5L, 6L);
  }

  @Test
  void whatACrashLeftBehindTheLastCheckpointIsWrittenAgainAndOnlyOnce() throws IOException {
    Part noted;
    try (PartitionSpool spool = PartitionSpool.open(file(), begin(0, 3_000), VALUES, ROWS)) {
      addAll(spool, 0, 1_000);
      noted = spool.checkpoint();
      addAll(spool, 1_000, 1_700);
    }
    Files.write(file(), new byte[] {1, 2, 3}, StandardOpenOption.APPEND);
    assertThat(noted.next()).isEqualTo(1_000);
    assertThat(Files.size(file())).isGreaterThan(noted.bytes());

    Part done;
    try (PartitionSpool spool = PartitionSpool.open(file(), noted, VALUES, ROWS)) {
      assertThat(spool.next()).isEqualTo(1_000);
      addAll(spool, 1_000, 3_000);
      done = spool.checkpoint();
    }
    assertThat(rows())
        .extracting(r -> r.get(TopicFields.OFFSET))
        .isEqualTo(IntStream.range(0, 3_000).mapToObj(Long::valueOf).toList());
    assertThat(done.rows()).isEqualTo(3_000);
  }

  @Test
  void aFileThatLostBytesIsRefused() throws IOException {
    Part noted;
    try (PartitionSpool spool = PartitionSpool.open(file(), begin(0, 3_000), VALUES, ROWS)) {
      addAll(spool, 0, 1_000);
      noted = spool.checkpoint();
    }
    Files.write(file(), new byte[10]);
    assertThatThrownBy(() -> PartitionSpool.open(file(), noted, VALUES, ROWS).close())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("has 10 bytes")
        .hasMessageContaining("--spool");
  }

  @Test
  void leftOutRecordsAreCountedAcrossACrashWithTheFirstOne() throws IOException {
    Part noted;
    try (PartitionSpool spool = PartitionSpool.open(file(), begin(10, 20), VALUES, ROWS)) {
      spool.add(record(10, null, 0), row(1));
      spool.add(record(12, null, 0), new Outcome.Bad(Reason.TOMBSTONE));
      noted = spool.checkpoint();
      spool.add(record(13, null, 0), new Outcome.Bad(Reason.TOMBSTONE));
    }
    try (PartitionSpool spool = PartitionSpool.open(file(), noted, VALUES, ROWS)) {
      spool.add(record(13, null, 0), new Outcome.Bad(Reason.TOMBSTONE));
      spool.add(record(17, null, 0), new Outcome.Bad(Reason.DAMAGED));
      assertThat(state(spool.checkpoint()).provenance().leftOut())
          .containsExactly(new LeftOut("TOMBSTONE", 2, 3, 12), new LeftOut("DAMAGED", 1, 3, 17));
    }
  }

  @Test
  void theStateIsFoundAgainAsItWasSaved() throws IOException {
    Part part;
    try (SpoolDirectory spool = SpoolDirectory.kept(directory);
        PartitionSpool rows = PartitionSpool.open(file(), begin(0, 5), VALUES, ROWS)) {
      spool.begin(state(begin(0, 5)));
      rows.add(record(0, null, 0), row(1));
      rows.add(record(1, null, 0), new Outcome.Bad(Reason.EMPTY));
      part = rows.checkpoint();
      spool.note(part);
    }
    try (SpoolDirectory spool = SpoolDirectory.kept(directory)) {
      assertThat(spool.state()).contains(state(part));
      assertThat(spool.state().orElseThrow().isComplete()).isFalse();
    }
  }

  @Test
  void aDirectoryOfSomethingElseIsRefused() throws IOException {
    Files.writeString(directory.resolve("notes.txt"), "mine");
    assertThatThrownBy(() -> SpoolDirectory.kept(directory).close())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("holds notes.txt and no spool.state");
  }

  @Test
  void aDirectoryInUseIsRefused() {
    try (SpoolDirectory _ = SpoolDirectory.kept(directory)) {
      assertThatThrownBy(() -> SpoolDirectory.kept(directory).close())
          .isInstanceOf(DataException.class)
          .hasMessageContaining("in use by another process");
    }
  }

  @Test
  void aDamagedStateIsRefused() throws IOException {
    Files.writeString(directory.resolve("spool.state"), "{\"format\": 1, ");
    assertThatThrownBy(() -> SpoolDirectory.kept(directory).close())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("is damaged. Delete the directory");
  }

  @Test
  void aSpoolOfAnotherRequestIsRefused() throws IOException {
    try (SpoolDirectory spool = SpoolDirectory.kept(directory)) {
      spool.begin(state(begin(0, 5)));
      assertThat(SpoolPlan.begun(spool, request("t", "earliest"))).isPresent();
      assertThatThrownBy(() -> SpoolPlan.begun(spool, request("other", "earliest")))
          .hasMessageContaining("was begun with topic t, now it is other");
      assertThatThrownBy(() -> SpoolPlan.begun(spool, request("t", "2026-11-01")))
          .hasMessageContaining("with --since earliest, now it is 2026-11-01T00:00:00Z")
          .hasMessageContaining("delete this one");
    }
  }

  @Test
  void aTemporaryDirectoryGoesWithItsFiles() throws IOException {
    SpoolDirectory spool = SpoolDirectory.temporary(directory);
    Files.writeString(spool.file(0), "rows");
    spool.close();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aFieldOfTheSameNameIsRefused() {
    Schema taken = SchemaBuilder.record("E").fields().requiredLong("Kafka_Offset").endRecord();
    assertThatThrownBy(() -> TopicFields.schema(taken, "version 1 of subject t-value"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("version 1 of subject t-value has a field Kafka_Offset")
        .hasMessageContaining("--reader-schema");
  }

  private static TopicRequest request(String topic, String since) {
    return new TopicRequest(
        topic,
        Position.parse(since),
        Position.parse("latest"),
        Connection.of("b:9092", "http://r:8081", null),
        null,
        null,
        Path.of("."));
  }

  private static Part begin(long first, long end) {
    return Part.begin(new OffsetRange(3, first, end));
  }

  private static SpoolState state(Part part) {
    return new SpoolState(
        SpoolState.FORMAT,
        "t",
        "id",
        "b:9092",
        "earliest",
        "latest",
        false,
        "version 1 of subject t-value",
        VALUES.toString(),
        List.of(part));
  }

  private static void addAll(PartitionSpool spool, int from, int to) throws IOException {
    for (int offset = from; offset < to; offset++) {
      spool.add(record(offset, null, offset), row(offset));
    }
  }

  private static Outcome row(long x) {
    return new Outcome.Row(1, new GenericRecordBuilder(VALUES).set("x", x).build());
  }

  private static ConsumerRecord<byte[], byte[]> record(long offset, byte[] key, long timestamp) {
    return new ConsumerRecord<>(
        "t",
        3,
        offset,
        timestamp,
        TimestampType.CREATE_TIME,
        0,
        0,
        key,
        null,
        new RecordHeaders(),
        Optional.empty());
  }

  private List<GenericRecord> rows() throws IOException {
    List<GenericRecord> rows = new ArrayList<>();
    try (DataFileReader<GenericRecord> reader =
        new DataFileReader<>(file().toFile(), new GenericDatumReader<>())) {
      reader.forEach(rows::add);
    }
    return rows;
  }
}
