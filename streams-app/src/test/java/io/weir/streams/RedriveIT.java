package io.weir.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.event.Score;
import io.weir.streams.command.RedriveCommand;
import io.weir.streams.config.Settings;
import io.weir.streams.fixture.Await;
import io.weir.streams.fixture.Cluster;
import io.weir.streams.fixture.OutsideCluster;
import io.weir.streams.fixture.Payments;
import io.weir.streams.fixture.WeirJvm;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Dead letters go back to their topic once what they failed for is mended.
@Timeout(300)
@ExtendWith(OutsideCluster.class)
class RedriveIT {
  private static final long T0 = System.currentTimeMillis() - 100_000_000;

  private static final int OLDS = 20_000;

  /// Payments of a producer that does not know the amount.
  private static final Schema OLD =
      SchemaBuilder.record("Payment")
          .namespace("shop")
          .fields()
          .requiredString("id")
          .requiredBoolean("online")
          .endRecord();

  @TempDir static Path directory;
  private static Cluster cluster;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void start(Cluster shared) {
    cluster = shared;
  }

  @Test
  void afterAFixEachDeadLetterGoesBackOnceWhateverIsKilled() throws Exception {
    int old = OLDS;
    String name = "redriven";
    cluster.createTopics(name, 2);
    int schema = cluster.register(name, OLD);
    try (KafkaProducer<byte[], byte[]> producer = cluster.producer()) {
      for (int i = 0; i < old; i++) {
        GenericRecord payment = new GenericData.Record(OLD);
        payment.put("id", "p" + i);
        payment.put("online", true);
        send(producer, name, i, Payments.bytes(schema, payment));
        if (i % 1_000 == 0) {
          send(producer, name, i, new byte[] {1, 2});
        }
      }
    }
    int broken = old / 1_000;
    run(name, Map.of(), old + broken);
    sendForeign(name);

    Map<String, String> mended =
        Map.of(
            "weir.input.reader.schema",
            amountOfTwenty().toString(),
            // At least once would read what the killed run did not commit.
            "processing.guarantee",
            "exactly_once_v2");
    Settings settings = cluster.settings(name, mended);
    List<String> unsuitable = List.of("UNSUITABLE_SCHEMA");
    assertThat(redrive(settings, false, unsuitable, 3)).as(err::toString).isZero();
    assertThat(out.toString())
        .containsPattern("redriven  UNSUITABLE_SCHEMA +20,000  to be redriven")
        .containsPattern("redriven  NO_MAGIC_BYTE +20  left: not chosen")
        .contains("1 records of redriven-dead do not say where they came from: left")
        .contains("20,000 dead letters would be redriven: --execute --from-oldest does it");
    assertThat(redrive(settings, true, unsuitable, 3)).isEqualTo(1);
    assertThat(err.toString())
        .contains("Nothing says what was redriven of redriven-dead, partition [0, 1]")
        .contains("--execute --from-oldest");
    assertThat(cluster.length(name)).as("nothing is done").isEqualTo(old + broken);

    killed(name, mended);
    long halfway =
        cluster.read(name, new ByteArrayDeserializer(), r -> r.size() > old + broken).size()
            - old
            - broken;
    assertThat(redriveSome(settings, unsuitable, 7)).as(err::toString).isZero();
    assertThat(out.toString()).contains("\n7 dead letters redriven");
    assertThat(redrive(settings, true, unsuitable, 3)).as(err::toString).isZero();
    assertThat(out.toString()).containsPattern("20 +left: not chosen");
    assertThat(redrive(settings, true, unsuitable, 3)).as(err::toString).isZero();
    assertThat(out.toString()).contains("\n0 dead letters redriven");
    assertThat(halfway).as("committed by the killed run").isPositive();
    System.out.printf("Redrive: killed after at least %,d of %,d%n", halfway, old);

    List<ConsumerRecord<byte[], byte[]>> records =
        cluster.read(name, new ByteArrayDeserializer(), r -> r.size() >= 2 * old + broken);
    assertThat(records).hasSize(2 * old + broken);
    eachIsAsItWas(records, old);
    run(name, mended, old);
    List<ConsumerRecord<byte[], Object>> scores = cluster.scores(name, old);
    assertThat(scores).hasSize(old);
    assertThat(scores.stream().map(r -> (Score) r.value()).map(Score::getOffset).count())
        .isEqualTo(old);
    whatFailsAgainComesBackUntilItCameTooOften(name, mended, broken);
  }

  private void whatFailsAgainComesBackUntilItCameTooOften(
      String name, Map<String, String> mended, int broken) throws Exception {
    int before = 2 * OLDS + broken;
    Settings settings = cluster.settings(name, mended);
    for (int attempt = 1; attempt <= 2; attempt++) {
      assertThat(redrive(settings, true, List.of(), 2)).as(err::toString).isZero();
      assertThat(out.toString()).contains("\n" + broken + " dead letters redriven");
      run(name, mended, broken);
    }
    assertThat(redrive(settings, true, List.of(), 2)).as(err::toString).isZero();
    assertThat(out.toString())
        .containsPattern("NO_MAGIC_BYTE +20  left: redriven as often as --max-attempts allows")
        .contains("\n0 dead letters redriven");
    List<ConsumerRecord<byte[], byte[]>> records =
        cluster.read(name, new ByteArrayDeserializer(), r -> r.size() >= before + 2 * broken);
    ConsumerRecord<byte[], byte[]> last =
        records.stream()
            .filter(r -> r.value().length == 2 && r.headers().lastHeader("weir.redriven") != null)
            .reduce((_, second) -> second)
            .orElseThrow();
    assertThat(header(last, "weir.redriven")).isEqualTo("2");
    String[] origin = header(last, "weir.redriven.origin").split("/");
    ConsumerRecord<byte[], byte[]> first =
        records.stream()
            .filter(
                r ->
                    r.partition() == Integer.parseInt(origin[1])
                        && r.offset() == Long.parseLong(origin[2]))
            .findFirst()
            .orElseThrow();
    assertThat(header(first, "number")).isEqualTo(header(last, "number"));
    assertThat(first.headers().lastHeader("weir.redriven")).isNull();
  }

  private static void eachIsAsItWas(List<ConsumerRecord<byte[], byte[]>> records, int old) {
    Map<Boolean, List<ConsumerRecord<byte[], byte[]>>> parts =
        records.stream()
            .filter(r -> r.value().length > 2)
            .collect(
                Collectors.partitioningBy(r -> r.headers().lastHeader("weir.redriven") != null));
    Map<String, ConsumerRecord<byte[], byte[]>> firsts = new HashMap<>();
    parts.get(false).forEach(r -> firsts.put(header(r, "number"), r));
    assertThat(firsts).hasSize(old);
    assertThat(parts.get(true)).hasSize(old);
    for (ConsumerRecord<byte[], byte[]> again : parts.get(true)) {
      ConsumerRecord<byte[], byte[]> first = firsts.remove(header(again, "number"));
      assertThat(first).as("redriven once: %s", again).isNotNull();
      assertThat(again.partition()).isEqualTo(first.partition());
      assertThat(again.key()).isEqualTo(first.key());
      assertThat(again.value()).isEqualTo(first.value());
      assertThat(again.timestamp()).isEqualTo(first.timestamp());
      assertThat(header(again, "weir.redriven")).isEqualTo("1");
      assertThat(header(again, "weir.redriven.origin"))
          .isEqualTo(first.topic() + "/" + first.partition() + "/" + first.offset());
      assertThat(again.headers().toArray()).as("no others").hasSize(3);
    }
    assertThat(firsts).isEmpty();
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer, String topic, int i, byte[] value) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, i % 2, T0 + i, ("k" + i).getBytes(UTF_8), value);
    record.headers().add("number", String.valueOf(i).getBytes(UTF_8));
    producer.send(record);
  }

  private static void sendForeign(String name) {
    try (KafkaProducer<byte[], byte[]> producer = cluster.producer()) {
      producer.send(new ProducerRecord<>(name + "-dead", 0, T0, null, new byte[] {3}));
    }
  }

  /// Runs the processor until it has done so many more records.
  private static void run(String name, Map<String, String> more, int records) throws Exception {
    try (WeirApplication application = WeirApplication.start(cluster.settings(name, more))) {
      Await.until(
          records + " records",
          Duration.ofMinutes(2),
          () -> application.progress().events() + application.progress().bad(),
          done -> done >= records);
      assertThat(application.failure()).isEmpty();
    }
  }

  /// Starts a redrive and kills it once something is committed.
  private static void killed(String name, Map<String, String> more) throws Exception {
    Map<String, String> settings =
        cluster.flags(name, Map.of("producer.transaction.timeout.ms", "3000"));
    settings.putAll(more);
    try (WeirJvm redrive =
        WeirJvm.start(
            List.of("redrive", "--execute", "--from-oldest", "--reason", "UNSUITABLE_SCHEMA"),
            settings,
            directory.resolve("redrive.log"))) {
      while (!hasCommitted(name)) {
        assertThat(redrive.isAlive()).as(redrive::toString).isTrue();
      }
      redrive.kill();
      assertThat(redrive.output())
          .as("killed before its end")
          .doesNotContain("dead letters redriven");
    }
  }

  private static boolean hasCommitted(String name) throws Exception {
    try (Admin admin = cluster.admin()) {
      return admin
          .listConsumerGroupOffsets("weir-redrive-" + name + "-dead")
          .partitionsToOffsetAndMetadata()
          .get()
          .values()
          .stream()
          .anyMatch(redriven -> redriven.offset() > 0 || !redriven.metadata().isEmpty());
    } catch (ExecutionException e) {
      assertThat(e.getCause()).isInstanceOf(GroupIdNotFoundException.class);
      return false;
    }
  }

  private static Path amountOfTwenty() throws Exception {
    Schema reader =
        new Schema.Parser()
            .parse(
                Payments.SCHEMA
                    .toString()
                    .replace(
                        "\"amount\",\"type\":\"double\"",
                        "\"amount\",\"type\":\"double\",\"default\":20")
                    .replace(
                        "\"merchant\",\"type\":\"string\"",
                        "\"merchant\",\"type\":\"string\",\"default\":\"fuel\"")
                    .replace(
                        "\"logicalType\":\"timestamp-millis\"}",
                        "\"logicalType\":\"timestamp-millis\"},\"default\":0"));
    return Files.writeString(directory.resolve("reader.avsc"), reader.toString());
  }

  private int redrive(Settings settings, boolean execute, List<String> reasons, int attemptsMax) {
    return redrive(settings, execute, reasons, Long.MAX_VALUE, attemptsMax);
  }

  private int redriveSome(Settings settings, List<String> reasons, long limit) {
    return redrive(settings, true, reasons, limit, 3);
  }

  private int redrive(
      Settings settings, boolean execute, List<String> reasons, long limit, int attemptsMax) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return WeirRedrive.run(
        settings,
        new RedriveCommand.Request(
            execute, List.of(), reasons, Optional.empty(), limit, attemptsMax, false, false),
        new PrintWriter(out),
        new PrintWriter(err));
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }
}
