package io.weir.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.detector.Detector;
import io.weir.detector.shap.ExplanationMethod;
import io.weir.schemas.card.Background;
import io.weir.schemas.card.ModelCard;
import io.weir.schemas.card.ModelCards;
import io.weir.schemas.event.Alert;
import io.weir.schemas.event.Score;
import io.weir.streams.command.ExplainCommand.Request;
import io.weir.streams.fixture.Cluster;
import io.weir.streams.fixture.Payments;
import io.weir.streams.fixture.TinyModel;
import io.weir.streams.fixture.TinyWindowModel;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Events of a live application, explained from what the broker holds.
@Timeout(180)
class ExplainIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long T0 = System.currentTimeMillis();
  private static final int EVENTS = 300;
  private static final int STEPS = 4;
  private static final long GAP = 5_000;

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
  void anAlertIsExplainedByTheFeatureThatIsOdd() throws Exception {
    Path model = withBackground(TinyModel.bytes(), 1, "tiny.onnx");
    Map<String, String> flags = Map.of("weir.model.file", model.toString());
    cluster.createTopics("single", 1);
    int schema = cluster.register("single", Payments.SCHEMA);
    try (KafkaProducer<byte[], byte[]> producer = cluster.producer()) {
      for (int i = 0; i < EVENTS; i++) {
        byte[] value =
            Payments.bytes(schema, i == 200 ? Payments.of("odd", 100_000) : Payments.ordinary(i));
        producer.send(new ProducerRecord<>("single", 0, T0 + i, "k".getBytes(UTF_8), value));
      }
    }
    Alert alert;
    try (WeirApplication _ = WeirApplication.start(cluster.settings("single", flags))) {
      alert =
          (Alert)
              cluster
                  .read("single-alerts", cluster.officialDeserializer(), r -> !r.isEmpty())
                  .getFirst()
                  .value();
    }
    assertThat(alert.getOffset()).isEqualTo(200);

    Run run = explain("single", flags, List.of(), List.of(json(alert)), true);

    assertThat(run.exit()).describedAs(run.err()).isZero();
    assertThat(run.err()).isEmpty();
    JsonNode line = JSON.readTree(run.out());
    assertThat(line.path("event").path("offset").asInt()).isEqualTo(200);
    assertThat(line.path("event").path("event_time").asLong()).isEqualTo(T0 + 200);
    assertThat((float) line.path("explanation").path("score").asDouble())
        .isEqualTo(alert.getScore());
    assertThat(line.path("explanation").path("features").get(0).path("feature").asText())
        .isEqualTo("amount");
    assertThat(sum(line)).isCloseTo(alert.getScore() - base(line), within(1e-3));

    Run other =
        explain(
            "single",
            flags,
            List.of(),
            List.of(json(alert).replace(alert.getModelSha256(), "0123")),
            true);
    assertThat(other.exit()).isEqualTo(1);
    assertThat(other.err()).contains("its alert is of the model with the SHA-256 0123");

    Run changed =
        explain(
            "single",
            flags,
            List.of(),
            List.of(json(alert).replace("\"score\":", "\"score\":7,\"old\":")),
            false);
    assertThat(changed.exit()).isZero();
    assertThat(changed.out()).startsWith("single/0/200: score ").contains("Exact: all 32");
    assertThat(changed.err()).contains("its alert has the score 7.0, and it is");
  }

  @Test
  void windowsAreThoseOfTheLiveApplication() throws Exception {
    Path model = withBackground(TinyWindowModel.of(STEPS, GAP).bytes(), STEPS, "tiny-windows.onnx");
    Map<String, String> flags = Map.of("weir.model.file", model.toString());
    cluster.createTopics("windows", 1);
    int schema = cluster.register("windows", Payments.SCHEMA);
    try (KafkaProducer<byte[], byte[]> producer = cluster.producer()) {
      for (int i = 0; i < EVENTS; i++) {
        // Three customers in turn, a pause now and then, and records that are no events.
        byte[] value = i % 17 == 5 ? new byte[] {1} : Payments.bytes(schema, Payments.ordinary(i));
        long time = T0 + i * 300L + i / 60 * 2 * GAP;
        producer.send(
            new ProducerRecord<>("windows", 0, time, ("k" + i % 3).getBytes(UTF_8), value));
      }
    }
    List<ConsumerRecord<byte[], Object>> scores;
    long last = EVENTS - 1;
    try (WeirApplication _ = WeirApplication.start(cluster.settings("windows", flags))) {
      scores =
          cluster.read(
              "windows-scores",
              cluster.officialDeserializer(),
              r -> !r.isEmpty() && ((Score) r.getLast().value()).getOffset() == last);
    }
    List<Score> live = scores.stream().map(record -> (Score) record.value()).toList();
    List<Score> some = live.stream().filter(score -> score.getOffset() % 7 == 0).toList();
    List<String> events = some.stream().map(score -> "windows/0/" + score.getOffset()).toList();

    Run run = explain("windows", flags, events, List.of(), true);

    assertThat(run.exit()).describedAs(run.err()).isZero();
    List<String> lines = run.out().lines().toList();
    assertThat(lines).hasSameSizeAs(some).hasSizeGreaterThan(20);
    for (int i = 0; i < lines.size(); i++) {
      JsonNode line = JSON.readTree(lines.get(i));
      assertThat((float) line.path("explanation").path("score").asDouble())
          .as(events.get(i))
          .isEqualTo(some.get(i).getScore());
      assertThat(sum(line)).isCloseTo(some.get(i).getScore() - base(line), within(1e-3));
    }

    List<Long> scored = live.stream().map(Score::getOffset).toList();
    assertThat(scored).doesNotContain(0L, 5L, 60L);
    Run refused = explain("windows", flags, List.of("windows/0/60"), List.of(), true);
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err())
        .contains("windows/0/60: it has no score: its window has 1 events, and 4 are needed");
    assertThat(explain("windows", flags, List.of("windows/0/5"), List.of(), true).err())
        .contains("windows/0/5: it cannot be scored: ");
    assertThat(explain("windows", flags, List.of("windows/0/9999"), List.of(), true).err())
        .contains("has the offsets 0 to 299, and not 9999");
    assertThat(explain("windows", flags, List.of("elsewhere/0/1"), List.of(), true).err())
        .contains("elsewhere/0/1: there is no topic elsewhere");
  }

  @Test
  void aModelWithoutABackgroundIsRefusedWithTheCure() {
    Run run = explain("none", Map.of(), List.of("none/0/0"), List.of(), false);

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("its card has no background").contains("Train it again");
  }

  @Test
  void whatIsNoEventIsWrongUsage() {
    Run run = explain("none", Map.of(), List.of("none:0:0"), List.of(), false);

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("none:0:0 is no event: TOPIC/PARTITION/OFFSET is expected");
  }

  private static String json(Alert alert) {
    return "{\"topic\":\"%s\",\"partition\":%d,\"offset\":%d,\"score\":%s,\"model_sha256\":\"%s\",\"window_events\":%d,\"runtime\":\"%s\"}"
        .formatted(
            alert.getTopic(),
            alert.getPartition(),
            alert.getOffset(),
            (double) alert.getScore(),
            alert.getModelSha256(),
            alert.getWindowEvents(),
            alert.getRuntime());
  }

  private static double base(JsonNode line) {
    return line.path("explanation").path("base").asDouble();
  }

  private static double sum(JsonNode line) {
    double sum = 0;
    for (JsonNode feature : line.path("explanation").path("features")) {
      sum += feature.path("phi").asDouble();
    }
    return sum;
  }

  private record Run(int exit, String out, String err) {}

  private static Run explain(
      String topic,
      Map<String, String> flags,
      List<String> events,
      List<String> alerts,
      boolean json) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        WeirExplain.run(
            cluster.settings(topic, flags),
            new Request(events, alerts, ExplanationMethod.SCORE, null, json),
            new PrintWriter(out),
            new PrintWriter(err, true));
    return new Run(exit, out.toString(), err.toString());
  }

  /// The model with usual payments in its card.
  private static Path withBackground(byte[] model, int steps, String name) throws Exception {
    List<Background.Row> rows = new ArrayList<>();
    for (int row = 0; row < 4; row++) {
      List<Float> values = new ArrayList<>();
      for (int step = 0; step < steps; step++) {
        for (float value : Payments.row(Payments.ordinary(10_000 + row * steps + step))) {
          values.add(Float.isNaN(value) ? null : value);
        }
      }
      rows.add(new Background.Row(values, 0.25));
    }
    String card;
    try (Detector detector = Detector.open(model, name)) {
      card = ModelCards.toJson(detector.card().withBackground(new Background("by hand", rows)));
    }
    ModelProto file =
        ModelProto.parseFrom(model).toBuilder()
            .clearMetadataProps()
            .addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(ModelCard.METADATA_KEY).setValue(card))
            .build();
    return Files.write(directory.resolve(name), file.toByteArray());
  }
}
