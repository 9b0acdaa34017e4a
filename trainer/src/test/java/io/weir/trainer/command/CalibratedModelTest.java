package io.weir.trainer.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What training tells the card about scores: tail, thresholds, segments, events per day.
class CalibratedModelTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// One row a minute.
  private static final int ROWS = 8_000;

  @TempDir static Path directory;
  private static Path data;
  private static Path model;
  private static Cli training;

  @BeforeAll
  static void train() throws IOException {
    data = Files.writeString(directory.resolve("rows.csv"), rows());
    model = directory.resolve("rows.onnx");
    training =
        train(
            model,
            "--threshold",
            "tail:1e-4,budget:2/day,quantile:0.99,value:3",
            "--segment-by",
            "shop");
    assertThat(training.exit()).describedAs(training.err()).isZero();
  }

  /// Travel scatters five times as much as grocery does; fuel is rare.
  private static String rows() {
    Random random = new Random(3);
    StringBuilder csv = new StringBuilder("at,shop,a,b,c\n");
    for (int row = 0; row < ROWS; row++) {
      String shop = row % 100 == 7 ? "fuel" : row % 3 == 0 ? "travel" : "grocery";
      double spread = shop.equals("travel") ? 0.5 : 0.1;
      double cause = random.nextGaussian();
      csv.append(
          String.format(
              Locale.ROOT,
              "%s,%s,%.5f,%.5f,%.5f\n",
              Instant.ofEpochSecond(1_760_000_000L + 60L * row),
              shop,
              cause + spread * random.nextGaussian(),
              2 * cause + spread * random.nextGaussian(),
              1 - cause + spread * random.nextGaussian()));
    }
    return csv.toString();
  }

  private static Cli train(Path out, Object... flags) {
    List<Object> command =
        new ArrayList<>(
            List.of(
                "train",
                "--data",
                data,
                "--time",
                "at",
                "--include",
                "shop,a,b,c",
                "--layers",
                "8",
                "--latent",
                "1",
                "--epochs",
                "3",
                "--validation",
                "0.5",
                "--where",
                "a > -100",
                "--out",
                out));
    command.addAll(List.of(flags));
    return Cli.weir(command.toArray());
  }

  private static JsonNode card(Path of) throws IOException {
    return JSON.readTree(Cli.weir("inspect", "--model", of, "--output", "json").out()).path("card");
  }

  @Test
  void theCardHoldsATailOfTheValidationScores() throws IOException {
    JsonNode tail = card(model).path("scores").path("tail");
    assertThat(tail.path("excesses").asLong()).isBetween(100L, 400L);
    assertThat(tail.path("goodness").asDouble()).isBetween(0.0, 1.0);
    assertThat(training.err()).contains("Tail: ");
    assertThat(Cli.weir("inspect", "--model", model).out())
        .containsPattern("Tail: (not usable: .*)?shape -?\\d.*goodness");
  }

  @Test
  void theThresholdsAreThoseThatWereAskedForInTheirOrder() throws IOException {
    JsonNode thresholds = card(model).path("thresholds");
    assertThat(thresholds)
        .extracting(threshold -> threshold.path("policy").asText())
        .containsExactly("tail:0.0001", "budget:2/day", "quantile:0.99", "value:3.0");
    assertThat(thresholds.get(0).path("value").asDouble())
        .isGreaterThan(thresholds.get(2).path("value").asDouble());
    assertThat(thresholds.get(3).path("value").asDouble()).isEqualTo(3);
  }

  @Test
  void theRowsTimesTellHowManyEventsComeADay() throws IOException {
    assertThat(card(model).path("eventsPerDay").asDouble()).isCloseTo(1_440, within(1e-6));
    assertThat(Cli.weir("inspect", "--model", model).out()).contains("Events per day: 1,440");
  }

  @Test
  void everyValueWithEnoughRowsHasItsOwnDistribution() throws IOException {
    JsonNode segments = card(model).path("segments");
    assertThat(segments.path("by").asText()).isEqualTo("shop");
    assertThat(segments.path("segments"))
        .extracting(segment -> segment.path("value").asText())
        .containsExactly("grocery", "travel");
    long grocery = segments.path("segments").get(0).path("scores").path("count").asLong();
    long travel = segments.path("segments").get(1).path("scores").path("count").asLong();
    assertThat(grocery + travel).isBetween(ROWS / 2 - 80L, ROWS / 2 - 1L);
    double ofGrocery = segments.path("segments").get(0).path("scores").path("mean").asDouble();
    double ofTravel = segments.path("segments").get(1).path("scores").path("mean").asDouble();
    assertThat(ofTravel).isGreaterThan(ofGrocery);
    assertThat(training.err())
        .containsPattern("Segments by shop: grocery .*, travel .*; judged as all rows are: fuel");
    assertThat(Cli.weir("inspect", "--model", model).out()).contains("Segment of shop");
  }

  @Test
  void continuedTrainingJudgesAsTheModelDid() throws IOException {
    Path next = directory.resolve("next.onnx");
    Cli run =
        Cli.weir(
            "train",
            "--from",
            model,
            "--data",
            data,
            "--epochs",
            "1",
            "--validation",
            "0.5",
            "--out",
            next);
    assertThat(run.exit()).describedAs(run.err()).isZero();
    assertThat(card(next).path("thresholds"))
        .extracting(threshold -> threshold.path("policy").asText())
        .containsExactly("tail:0.0001", "budget:2/day", "quantile:0.99", "value:3.0");
    assertThat(card(next).path("segments").path("by").asText()).isEqualTo("shop");
    assertThat(card(next).path("eventsPerDay").asDouble()).isCloseTo(1_440, within(1e-6));
  }

  @Test
  void whatTheRowsCannotTellIsLeftOutAndSaid() throws IOException {
    Path poor = directory.resolve("poor.onnx");
    Cli run = train(poor, "--threshold", "tail:1e-9");
    assertThat(run.exit()).describedAs(run.err()).isZero();
    assertThat(run.err())
        .contains("Left out of the card: tail:1E-9 asks for one event in 1000000000")
        .contains("the usual ones");
    assertThat(card(poor).path("thresholds").get(0).path("policy").asText())
        .isEqualTo("quantile:0.999");
  }

  @Test
  void flagsThatCannotBeFollowedAreRefusedBeforeTheTraining() {
    Path none = directory.resolve("none.onnx");
    assertThat(refusal("--segment-by", "a")).contains("--segment-by a").contains("there are shop");
    assertThat(refusal("--segment-rows-min", "5")).contains("--segment-by");
    assertThat(refusal("--threshold", "card")).contains("--threshold card");
    assertThat(refusal("--threshold", "tail:2")).contains("tail:P").contains("2.0");
    assertThat(refusal("--events-per-day", "0")).contains("--events-per-day 0.0");
    Cli run =
        Cli.weir(
            "train",
            "--data",
            data,
            "--include",
            "a,b,c",
            "--threshold",
            "budget:2/day",
            "--out",
            none);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("budget:2/day").contains("--events-per-day").contains("--time");
    assertThat(none).doesNotExist();
  }

  private static String refusal(Object... flags) {
    Cli run = train(directory.resolve("none.onnx"), flags);
    assertThat(run.exit()).describedAs(run.err()).isIn(1, 2);
    return run.err();
  }
}
