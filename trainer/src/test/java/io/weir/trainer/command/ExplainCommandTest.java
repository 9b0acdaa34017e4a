package io.weir.trainer.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Models of payments, with and without a background, and one of windows.
class ExplainCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Row 880: as usual, but for a distance that is far out.
  private static final String FAR = "880,20.0,20.0,500.0,true,travel,EUR,1\n";

  @TempDir static Path directory;
  private static Path payments;
  private static Path model;
  private static Path bare;

  @BeforeAll
  static void train() throws IOException {
    payments = Payments.write(directory.resolve("payments.csv"));
    Files.writeString(payments, Files.readString(payments) + FAR);
    model = directory.resolve("payments.onnx");
    bare = directory.resolve("bare.onnx");
    train(model, "--background-rows", "20");
    train(bare, "--background-rows", "0");
  }

  private static void train(Path out, String... more) {
    List<Object> flags =
        new ArrayList<>(
            List.of("train", "--data", payments, "--exclude", "id", "--label", "fraud"));
    flags.addAll(List.of("--layers", "8", "--latent", "2", "--epochs", "20", "--batch", "32"));
    flags.addAll(List.of("--out", out));
    flags.addAll(List.of(more));
    Cli training = Cli.weir(flags.toArray());
    assertThat(training.exit()).describedAs(training.err()).isZero();
  }

  @Test
  void theHighestScoreIsExplainedByTheFeatureThatIsOdd() throws IOException {
    JsonNode line = json("--model", model, "--data", payments);
    JsonNode explanation = line.path("explanation");

    assertThat(line.path("event").path("row").asInt()).isEqualTo(880);
    assertThat(line.path("model").path("sha256").asText()).hasSize(64);
    assertThat(line.path("method").asText()).isEqualTo("score");
    assertThat(explanation.path("features").size()).isEqualTo(5);
    JsonNode first = explanation.path("features").get(0);
    assertThat(first.path("feature").asText()).isEqualTo("distance");
    assertThat(first.path("value").asDouble()).isEqualTo(500);
    assertThat(first.path("phi").asDouble())
        .isGreaterThan(0.9 * explanation.path("score").asDouble());
    assertThat(explanation.path("exact").asBoolean()).isTrue();
    assertThat(explanation.path("coalitions").asInt()).isEqualTo(32);
    assertThat(explanation.path("background").asInt()).isEqualTo(20);
  }

  @Test
  void theFeaturesSumToTheScoreMinusThatOfUsualRows() throws IOException {
    Cli scores = Cli.weir("score", "--model", model, "--data", payments);

    Cli run = explain("--model", model, "--data", payments, "--rows", "17,99", "--output", "json");

    List<String> lines = run.out().lines().toList();
    assertThat(lines).hasSize(2);
    for (String line : lines) {
      JsonNode explained = JSON.readTree(line);
      int row = explained.path("event").path("row").asInt();
      JsonNode explanation = explained.path("explanation");
      double sum = 0;
      for (JsonNode feature : explanation.path("features")) {
        sum += feature.path("phi").asDouble();
      }
      double score = explanation.path("score").asDouble();
      assertThat(score - explanation.path("base").asDouble()).isCloseTo(sum, within(1e-6));
      assertThat(scores.out()).contains("\n%d,%s,".formatted(row, (float) score));
    }
  }

  @Test
  void theTableShowsTheSum() {
    Cli run = explain("--model", model, "--data", payments, "--rows", "880", "--features", "2");

    assertThat(run.out())
        .startsWith("Row 880: score ")
        .contains("is the average of 20 usual events")
        .containsPattern("distance +500[.]000 +[+]")
        .contains("3 others")
        .containsPattern("Sum +[+]")
        .contains("Exact: all 32 coalitions, 640 rows scored");
  }

  @Test
  void ofTheReconstructionTheWorstFeaturesAreExplainedByTheOthers() throws IOException {
    JsonNode worst =
        json("--model", model, "--data", payments, "--method", "reconstruction", "--features", "2")
            .path("explanation")
            .path("worst");

    assertThat(worst.size()).isEqualTo(2);
    JsonNode first = worst.get(0);
    assertThat(first.path("feature").asText()).isEqualTo("distance");
    assertThat(first.path("actual").asDouble()).isEqualTo(500);
    assertThat(first.path("share").asDouble()).isBetween(0.5, 1.0);
    // It is far below 500: what pushes it down contributes.
    double sum = first.path("base").asDouble();
    for (JsonNode effect : first.path("contributing")) {
      assertThat(effect.path("phi").asDouble()).isNegative();
      sum += effect.path("phi").asDouble();
    }
    for (JsonNode effect : first.path("offsetting")) {
      assertThat(effect.path("phi").asDouble()).isPositive();
      sum += effect.path("phi").asDouble();
    }
    assertThat(first.path("alone").asDouble()).isCloseTo(sum, within(1e-3));
    assertThat(first.path("contributing").size() + first.path("offsetting").size()).isBetween(1, 4);
    assertThat(first.toString()).doesNotContain("\"feature\":\"distance\",\"value\"");
  }

  @Test
  void theReconstructionsTableTellsWhichFeaturesContribute() {
    Cli run =
        explain(
            "--model", model, "--data", payments, "--rows", "880", "--method", "reconstruction");

    assertThat(run.out())
        .containsPattern("distance 500[.]000, expected [0-9.]+: [0-9.]+ % of the reconstruction")
        .contains("Expected of usual events")
        .contains("contributing");
  }

  @Test
  void aModelWithoutABackgroundNeedsRowsToCompareWith() {
    Cli refused = Cli.weir("explain", "--model", bare, "--data", payments, "--rows", "17");
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err())
        .contains("bare.onnx: its card has no background")
        .contains("Train it again")
        .contains("--background USUAL_ROWS")
        .doesNotContain("\tat ");

    Cli run =
        explain("--model", bare, "--data", payments, "--rows", "17", "--background", payments);
    assertThat(run.out()).contains("average of 50 usual events");
  }

  @Test
  void inspectTellsTheBackground() {
    assertThat(Cli.weir("inspect", "--model", model).out())
        .containsPattern(
            "Background: 20 rows by weighted k-means, the largest stands for [0-9.]+ % of all");
    assertThat(Cli.weir("inspect", "--model", bare).out())
        .contains("Background: none, so that single scores cannot be explained");
  }

  @Test
  void aWindowIsExplainedByItsFeaturesInAllOfItsEvents() throws IOException {
    Path machines = Machines.write(directory.resolve("machines.csv"), 200, false);
    Path windows = directory.resolve("machines.onnx");
    Cli training =
        Cli.weir(
            "train",
            "--data",
            machines,
            "--key",
            "machine",
            "--time",
            "at",
            "--exclude",
            "minute,stopped",
            "--steps",
            "4",
            "--epochs",
            "2",
            "--out",
            windows);
    assertThat(training.exit()).describedAs(training.err()).isZero();

    JsonNode explanation =
        json("--model", windows, "--data", machines, "--rows", "300").path("explanation");
    JsonNode worst =
        json("--model", windows, "--data", machines, "--rows", "300", "--method", "reconstruction")
            .path("explanation")
            .path("worst")
            .get(0);

    assertThat(explanation.path("features").size()).isEqualTo(2);
    assertThat(explanation.path("gap").asDouble()).isCloseTo(0, within(1e-6));
    assertThat(worst.path("step").asInt()).isBetween(-3, 0);
    assertThat(worst.path("share").asDouble()).isBetween(0.5, 1.0);
  }

  @Test
  void mistakesAreToldWithTheirCure() {
    assertThat(refusal("--model", model, "--data", payments, "--rows", "5000"))
        .contains("--rows 5000: not among the 881 rows");
    assertThat(refusal("--model", model, "--data", payments, "--rows", "1", "--top", "1"))
        .contains("mutually exclusive");
    assertThat(refusal("--model", model, "--data", payments, "--top", "0"))
        .contains("--top 0: must be at least 1");
    assertThat(refusal("--model", model)).contains("--data SOURCE");
    assertThat(refusal("--model", model, "--data", payments, "--method", "magic"))
        .contains("magic");
  }

  private static String refusal(Object... flags) {
    Cli run = run(flags);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    return run.err();
  }

  private static JsonNode json(Object... flags) throws IOException {
    List<Object> all = new ArrayList<>(List.of(flags));
    all.addAll(List.of("--output", "json"));
    return JSON.readTree(explain(all.toArray()).out());
  }

  private static Cli explain(Object... flags) {
    Cli run = run(flags);
    assertThat(run.exit()).describedAs(run.err()).isZero();
    return run;
  }

  private static Cli run(Object... flags) {
    List<Object> all = new ArrayList<>(List.of("explain"));
    all.addAll(List.of(flags));
    return Cli.weir(all.toArray());
  }
}
