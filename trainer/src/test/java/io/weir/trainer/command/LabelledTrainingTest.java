package io.weir.trainer.command;

import static org.assertj.core.api.Assertions.assertThat;

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

/// A preset with a classifier learns from the labels of rows of both kinds.
class LabelledTrainingTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TRAINED =
      (int) (0.7 * Payments.NORMAL) + (int) (0.7 * Payments.ANOMALIES);

  @TempDir static Path directory;
  private static Path payments;
  private static Path model;
  private static Cli training;

  @BeforeAll
  static void train() {
    payments = Payments.write(directory.resolve("payments.csv"));
    model = directory.resolve("classifier.onnx");
    training =
        train(
            "--preset=vae-dnn-inputs",
            "--head-activation=sigmoid",
            "--learning-rate=5e-3",
            "--epochs=60",
            "--label=fraud",
            "--split=0.7",
            "--out=" + model);
    assertThat(training.exit()).describedAs(training.err()).isZero();
  }

  @Test
  void theSameShareOfBothKindsTrains() throws IOException {
    assertThat(JSON.readTree(training.out()).path("rows").asInt()).isEqualTo(TRAINED);
    assertThat(training.err())
        .contains("(train part of split 0.7 of each kind, seed 0)")
        .contains("560 of them are normal, 56 anomalies");
    assertThat(card().at("/data/0/filter").asText())
        .isEqualTo("train part of split 0.7 of each kind, seed 0");
  }

  @Test
  void theLossPartsOfTheClassifierAreTold() throws IOException {
    assertThat(training.err()).contains("cross-entropy").contains("AUC");
    assertThat(JSON.readTree(training.out()).path("auc").asDouble()).isGreaterThan(0.8);
    assertThat(card().at("/history/auc").asDouble()).isGreaterThan(0.8);
    assertThat(Files.readAllLines(directory.resolve("classifier.history.csv")).getFirst())
        .contains(",cross_entropy,accuracy,auc,");
  }

  @Test
  void evaluateTakesAllOtherRowsOfBothKinds() throws IOException {
    Cli run =
        Cli.weir(
            "evaluate",
            "--model",
            model,
            "--data",
            payments,
            "--label",
            "fraud",
            "--split",
            "0.7",
            "--output",
            "json");
    JsonNode result = JSON.readTree(run.out());
    assertThat(result.path("rows").asInt())
        .isEqualTo(Payments.NORMAL + Payments.ANOMALIES - TRAINED);
    assertThat(result.path("anomalies").asInt()).isEqualTo(24);
    assertThat(result.path("auroc").asDouble()).isGreaterThan(0.8);
  }

  @Test
  void theThresholdComesFromTheNormalRowsThatWereHeldOut() throws IOException {
    JsonNode card = card();
    int held = (int) Math.ceil(0.1 * TRAINED);
    assertThat(card.at("/scores/count").asInt()).isBetween(held / 2, held - 1);
    assertThat(card.at("/thresholds/0/policy").asText()).isEqualTo("quantile:0.999");
    assertThat(card.at("/thresholds").findValuesAsText("policy")).contains("value:0.5");
    assertThat(card.at("/architecture/kind").asText()).isEqualTo("vae_classifier");
    assertThat(card.at("/architecture/classifier/input").asText()).isEqualTo("inputs");
    assertThat(card.at("/training/terms/classifierWeight").asDouble()).isEqualTo(1);
  }

  @Test
  void theStatisticsOfThePreprocessingAreThoseOfTheNormalRows() throws IOException {
    // Distances of anomalies reach twice as far as those of normal rows.
    Path unsupervised = directory.resolve("unsupervised.onnx");
    Cli normal =
        train("--label=fraud", "--split=0.7", "--preset=M1", "--epochs=1", "--out=" + unsupervised);
    assertThat(normal.exit()).describedAs(normal.err()).isZero();
    JsonNode other = card(unsupervised);
    assertThat(card().at("/preprocessing")).isEqualTo(other.at("/preprocessing"));
  }

  @Test
  void withoutALabelThereIsNothingToLearn() {
    Cli run = train("--preset=M10");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .contains("The classifier of preset vae-dnn-latent learns from labels")
        .contains("--label");
  }

  @Test
  void rowsOfOneKindAreRefused() {
    Cli run = train("--preset=M10", "--label=fraud", "--where=fraud = 0");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("a classifier needs rows of both kinds");
  }

  private static Cli train(String... flags) {
    List<Object> args =
        new ArrayList<>(List.of("train", "--data=" + payments, "--exclude=id", "--output=json"));
    args.addAll(List.of(flags));
    return Cli.weir(args.toArray());
  }

  private static JsonNode card() throws IOException {
    return card(model);
  }

  private static JsonNode card(Path file) throws IOException {
    return JSON.readTree(Cli.weir("inspect", "--model", file, "--output", "json").out())
        .path("card");
  }
}
