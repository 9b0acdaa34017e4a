package io.weir.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.detector.Detector;
import io.weir.detector.DetectorRefusedException;
import io.weir.local.LocalBroker;
import io.weir.local.LocalRegistry;
import io.weir.schemas.card.ModelCard;
import io.weir.schemas.card.ModelCard.DataSource;
import io.weir.schemas.card.ModelCard.LeftOut;
import io.weir.schemas.card.ModelCard.OffsetRange;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Rows of a topic train the model that the same rows in files train.
@Timeout(180)
class TopicTrainingIT {
  private static final String TOPIC = "shop.payments";

  @TempDir private static Path directory;
  private static LocalBroker broker;
  private static LocalRegistry registry;
  private static TopicPayments payments;

  private record Run(int exit, String out, String err) {}

  @BeforeAll
  static void produce() throws IOException {
    broker = LocalBroker.start(directory.resolve("broker"));
    registry = LocalRegistry.start(0);
    payments = new TopicPayments(broker, registry, TOPIC);
    payments.produce(3_000, 1);
    payments.produceBad();
    payments.produceAborted(200);
    payments.produce(1_500, 2);
    payments.writeFiles(Files.createDirectory(directory.resolve("files")));
  }

  @AfterAll
  static void stop() {
    registry.close();
    broker.close();
  }

  @Test
  void theModelIsTheOneOfTheSameRowsInFiles() throws Exception {
    Run fromTopic = trainFromTopic("topic.onnx");
    assertThat(fromTopic.exit()).as(fromTopic.err()).isZero();
    Run fromFiles = trainFromFiles("files.onnx", directory.resolve("files"));
    assertThat(fromFiles.exit()).as(fromFiles.err()).isZero();

    assertThat(graph("topic.onnx")).isEqualTo(graph("files.onnx"));
    assertThat(card("topic.onnx").features()).isEqualTo(card("files.onnx").features());
    assertThat(card("topic.onnx").thresholds()).isEqualTo(card("files.onnx").thresholds());
    assertThat(fromTopic.err())
        .containsPattern("kafka_key +VARCHAR +key")
        .containsPattern("kafka_timestamp +TIMESTAMP +time")
        .containsPattern(
            "kafka_offset +BIGINT +left out +a feature only if it is included by name");
  }

  @Test
  void theCardTellsWhichRecordsTrained() throws Exception {
    assertThat(trainFromTopic("told.onnx").exit()).isZero();

    ModelCard card = card("told.onnx");
    assertThat(card.data()).hasSize(1);
    DataSource source = card.data().getFirst();
    assertThat(source.kind()).isEqualTo("topic");
    assertThat(source.location()).isEqualTo(TOPIC);
    assertThat(source.rows()).isEqualTo(4_500);
    assertThat(source.topic().offsets())
        .extracting(OffsetRange::partition)
        .containsExactly(0, 1, 2, 3);
    assertThat(source.topic().offsets()).extracting(OffsetRange::first).containsOnly(0L);
    assertThat(source.topic().offsets())
        .as("rows, bad records, aborted ones and the marks of transactions")
        .extracting(OffsetRange::end)
        .isEqualTo(payments.ends());
    assertThat(source.topic().readerSchema()).isEqualTo("version 2 of subject " + TOPIC + "-value");
    assertThat(source.topic().schemaIds()).hasSize(2);
    assertThat(source.topic().leftOut())
        .extracting(LeftOut::reason)
        .containsExactly(
            "TOMBSTONE",
            "EMPTY",
            "NO_MAGIC_BYTE",
            "NO_SCHEMA_ID",
            "UNKNOWN_SCHEMA_ID",
            "UNSUITABLE_SCHEMA",
            "DAMAGED");
    Run inspected = weir("inspect", "--model", file("told.onnx"));
    assertThat(inspected.out())
        .contains("Topic: offsets of partition 0: 0 to ")
        .contains("Left out: 2 records, TOMBSTONE, the first in partition 1 at offset ");
  }

  @Test
  void scoresOfTheTopicAreThoseOfTheFiles() throws Exception {
    trainFromFiles("scoring.onnx", directory.resolve("files"));
    Run topic =
        weir(topicFlags("score", "--model", file("scoring.onnx"), "--where", "amount > 10"));
    Run files =
        weir(
            "score",
            "--model",
            file("scoring.onnx"),
            "--where",
            "amount > 10",
            "--data",
            directory.resolve("files").toString());
    assertThat(topic.exit()).as(topic.err()).isZero();
    assertThat(topic.out()).hasLineCount((int) files.out().lines().count()).isEqualTo(files.out());
  }

  @Test
  void theKeyAndTheTimeOfTheRecordsFilterThem() throws Exception {
    Run byKey = weir(topicFlags("score", "--model", trained(), "--where", "kafka_key = 'card-7'"));
    assertThat(byKey.out().lines().count() - 1).isEqualTo(payments.rowsOf("card-7")).isPositive();

    Run since = weir(topicFlags("score", "--model", trained(), "--since", payments.half()));
    Run until = weir(topicFlags("score", "--model", trained(), "--until", payments.half()));
    assertThat(since.out().lines().count() - 1).isEqualTo(1_500);
    assertThat(until.out().lines().count() - 1).isEqualTo(3_000);
  }

  @Test
  void aSpoolThatACrashLeftGoesOn() throws Exception {
    String half = payments.half();
    Path spool = directory.resolve("spool");
    assertThat(spooled(spool, "half.onnx", "--until", half).exit()).isZero();
    // What a process leaves that had frozen more, noted these offsets, wrote a piece of the next
    // block and was killed.
    String state = Files.readString(spool.resolve("spool.state"));
    List<Long> ends = payments.ends();
    ModelCard card = card("half.onnx");
    for (int p = 0; p < ends.size(); p++) {
      long end = card.data().getFirst().topic().offsets().get(p).end();
      state =
          state.replaceFirst(
              "(\"partition\" : %d,\\s+\"first\" : 0,\\s+\"end\" : )%d".formatted(p, end),
              "$1" + ends.get(p));
    }
    state = state.replace("\"until\" : \"%s\"".formatted(half), "\"until\" : \"latest\"");
    Files.writeString(spool.resolve("spool.state"), state);
    Files.write(spool.resolve("partition-000002.avro"), new byte[777], StandardOpenOption.APPEND);

    Run resumed = spooled(spool, "resumed.onnx");
    assertThat(resumed.exit()).as(resumed.err()).isZero();
    assertThat(resumed.err()).contains("goes on at ");
    trainFromFiles("whole.onnx", directory.resolve("files"));
    assertThat(graph("resumed.onnx")).isEqualTo(graph("whole.onnx"));

    Run again = spooled(spool, "again.onnx");
    assertThat(again.err()).contains("holds all of topic", "nothing is read again");
    assertThat(graph("again.onnx")).isEqualTo(graph("whole.onnx"));

    Run other = spooled(spool, "other.onnx", "--since", "10");
    assertThat(other.exit()).isEqualTo(1);
    assertThat(other.err()).contains("was begun with --since earliest, now it is 10");
  }

  @Test
  void anOpenTransactionIsLeftOutAndTold() throws Exception {
    TopicPayments open = new TopicPayments(broker, registry, "open");
    open.produce(400, 2);
    try (AutoCloseable _ = open.openTransaction(20)) {
      Run run = weir(train("open", "open.onnx"));
      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(run.err()).contains("a transaction that is still open");
      assertThat(card("open.onnx").data().getFirst().rows()).isEqualTo(400);
    }
  }

  @Test
  void anUnknownTopicIsToldWithTheNearestOnes() throws Exception {
    Run run = weir(train("shop.paymnts", "no.onnx"));
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err())
        .contains("There is no topic shop.paymnts")
        .contains("Nearest: " + TOPIC)
        .doesNotContain("\tat ");
  }

  @Test
  void aTopicWithBadRecordsOnlyIsRefusedWithTheCure() throws Exception {
    TopicPayments bad = new TopicPayments(broker, registry, "bad");
    bad.produceBad();
    Run run = weir(train("bad", "bad.onnx"));
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err())
        .contains("Left out: 2 records, no value (TOMBSTONE)")
        .contains("No record of topic bad", "gives a row", "--reader-schema");
  }

  private static String trained() throws Exception {
    if (!Files.exists(directory.resolve("trained.onnx"))) {
      assertThat(trainFromTopic("trained.onnx").exit()).isZero();
    }
    return file("trained.onnx");
  }

  private static Run trainFromTopic(String model) {
    return weir(train(TOPIC, model));
  }

  private static Run spooled(Path spool, String model, String... more) {
    List<String> words = new ArrayList<>(List.of(train(TOPIC, model)));
    words.addAll(List.of("--spool", spool.toString()));
    words.addAll(List.of(more));
    return weir(words.toArray(String[]::new));
  }

  private static Run trainFromFiles(String model, Path files) {
    return weir("train", "--data", files.toString(), "--epochs", "3", "--out", file(model));
  }

  private static String[] train(String topic, String model) {
    return new String[] {
      "train",
      "--topic",
      topic,
      "--bootstrap-servers",
      broker.bootstrapServers(),
      "--registry",
      registry.url(),
      "--epochs",
      "3",
      "--out",
      file(model)
    };
  }

  private static String[] topicFlags(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--topic", TOPIC));
    all.addAll(List.of("--bootstrap-servers", broker.bootstrapServers()));
    all.addAll(List.of("--registry", registry.url()));
    return all.toArray(String[]::new);
  }

  private static Run weir(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit = io.weir.trainer.Main.run(new PrintWriter(out), new PrintWriter(err), words);
    return new Run(exit, out.toString(), err.toString());
  }

  private static String file(String model) {
    return directory.resolve(model).toString();
  }

  /// Nodes and weights as bytes, without the card: field 7 of the file's ONNX `ModelProto`.
  private static byte[] graph(String model) throws IOException {
    ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(directory.resolve(model)));
    while (file.hasRemaining()) {
      long tag = varint(file);
      if ((tag & 7) == 0) {
        varint(file);
        continue;
      }
      assertThat(tag & 7).as("length-delimited").isEqualTo(2);
      byte[] field = new byte[(int) varint(file)];
      file.get(field);
      if (tag >> 3 == 7) {
        return field;
      }
    }
    throw new AssertionError(model + " has no graph");
  }

  private static long varint(ByteBuffer from) {
    long value = 0;
    int shift = 0;
    byte next;
    do {
      next = from.get();
      value |= (next & 0x7fL) << shift;
      shift += 7;
    } while (next < 0);
    return value;
  }

  private static ModelCard card(String model) throws DetectorRefusedException {
    try (Detector detector = Detector.open(directory.resolve(model))) {
      return detector.card();
    }
  }
}
