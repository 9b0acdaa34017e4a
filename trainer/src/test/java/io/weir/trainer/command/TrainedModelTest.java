package io.weir.trainer.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One training, then every command that reads its model.
class TrainedModelTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path directory;
  private static Path payments;
  private static Path model;
  private static Cli training;

  @BeforeAll
  static void train() {
    payments = Payments.write(directory.resolve("payments.csv"));
    model = directory.resolve("payments.onnx");
    training =
        Cli.weir(
            "train",
            "--data",
            payments,
            "--exclude",
            "id",
            "--label",
            "fraud",
            "--log10",
            "amount",
            "--split",
            "0.7",
            "--layers",
            "16,8",
            "--latent",
            "2",
            "--epochs",
            "40",
            "--batch",
            "32",
            "--out",
            model,
            "--output",
            "json");
    assertThat(training.exit()).describedAs(training.err()).isZero();
  }

  @Test
  void trainingTellsWhatBecameOfEachColumn() {
    assertThat(training.err())
        .containsPattern("amount +DOUBLE +number")
        .containsPattern("shop +VARCHAR +category")
        .containsPattern("currency .*left out");
  }

  @Test
  void trainingShowsTheModelItsProgressAndTheParity() {
    assertThat(training.err())
        .contains("Model: dense (vae)")
        .contains("Total params:")
        .contains("epoch 1/40: loss")
        .contains("epoch 40/40: loss")
        .contains("Parity");
  }

  @Test
  void trainingPrintsItsResultAsJson() throws IOException {
    JsonNode result = JSON.readTree(training.out());
    assertThat(result.path("model").asText()).isEqualTo(model.toString());
    assertThat(result.path("rows").asInt()).isEqualTo((int) (0.7 * Payments.NORMAL));
    assertThat(result.path("sha256").asText()).hasSize(64);
    assertThat(result.path("threshold").asDouble()).isPositive();
    assertThat(result.path("interrupted").asBoolean(true)).isFalse();
  }

  @Test
  void theHistoryLiesBesideTheModel() throws IOException {
    List<String> lines = Files.readAllLines(directory.resolve("payments.history.csv"));
    assertThat(lines).hasSize(41);
    assertThat(lines.getFirst()).startsWith("epoch,loss,reconstruction_loss,kl_divergence");
  }

  @Test
  void inspectShowsTheCard() throws IOException {
    Cli text = Cli.weir("inspect", "--model", model);
    assertThat(text.exit()).describedAs(text.err()).isZero();
    assertThat(text.out())
        .contains("payments")
        .contains("latent_mean (dense)")
        .contains("category of 3: fuel, grocery, travel")
        .contains("Threshold quantile:");

    JsonNode json = JSON.readTree(Cli.weir("inspect", "--model", model, "--output", "json").out());
    assertThat(json.path("sha256")).isEqualTo(JSON.readTree(training.out()).path("sha256"));
    assertThat(json.path("card").path("features").size()).isEqualTo(5);
    assertThat(json.path("card").path("golden").size()).isPositive();
  }

  @Test
  void evaluateMeasuresTheOtherRows() throws IOException {
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
    assertThat(run.exit()).describedAs(run.err()).isZero();
    JsonNode result = JSON.readTree(run.out());
    int normal = Payments.NORMAL - (int) (0.7 * Payments.NORMAL);
    assertThat(result.path("rows").asInt()).isEqualTo(normal + Payments.ANOMALIES);
    assertThat(result.path("anomalies").asInt()).isEqualTo(Payments.ANOMALIES);
    assertThat(result.path("auroc").asDouble()).isBetween(0.9, 1.0);
    assertThat(result.path("auprc").asDouble()).isBetween(0.8, 1.0);
    assertThat(result.path("threshold")).isEqualTo(JSON.readTree(training.out()).path("threshold"));
    assertThat(result.path("model").asText()).isEqualTo(model.toString());

    Cli text = Cli.weir("evaluate", "--model", model, "--data", payments, "--label", "fraud");
    assertThat(text.out()).contains("AUROC").contains("AUPRC").contains("precision");
  }

  @Test
  void scoreWritesOneLinePerRowWhateverElseTheFileHolds() throws IOException {
    Cli all = Cli.weir("score", "--model", model, "--data", payments);
    assertThat(all.exit()).describedAs(all.err()).isZero();
    List<String> lines = all.out().lines().toList();
    assertThat(lines.getFirst()).isEqualTo("row,score,reconstruction_loss,kl_divergence");
    assertThat(lines).hasSize(1 + Payments.NORMAL + Payments.ANOMALIES);
    for (int row = 0; row + 1 < lines.size(); row++) {
      String[] fields = lines.get(row + 1).split(",");
      assertThat(fields[0]).isEqualTo(Integer.toString(row));
      double parts = Float.parseFloat(fields[2]) + 0.3 * Float.parseFloat(fields[3]);
      double score = Float.parseFloat(fields[1]);
      assertThat(score).isCloseTo(parts, within(1e-5 * parts));
    }
  }

  @Test
  void aRowKeepsItsNumberAndItsBitsBehindAFilter() {
    List<String> all =
        Cli.weir("score", "--model", model, "--data", payments).out().lines().toList();
    Path filtered = directory.resolve("scores.csv");
    Cli some =
        Cli.weir(
            "score",
            "--model",
            model,
            "--data",
            payments,
            "--where",
            "shop = 'fuel'",
            "--out",
            filtered);
    assertThat(some.exit()).describedAs(some.err()).isZero();
    assertThat(some.out()).isEmpty();
    assertThat(filtered)
        .content()
        .satisfies(
            text -> {
              List<String> lines = text.lines().toList();
              assertThat(lines).hasSizeBetween(100, all.size() - 1);
              assertThat(all).containsAll(lines);
            });
  }

  @Test
  void evaluateNeedsALabel() {
    Cli run = Cli.weir("evaluate", "--model", model, "--data", payments);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("--label");
  }

  @Test
  void aColumnThatTheModelNeedsAndTheDataLackIsNamed() throws IOException {
    Path other = Files.writeString(directory.resolve("other.csv"), "amount,itms\n1,2\n");
    Cli run = Cli.weir("score", "--model", model, "--data", other);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("items").contains("distance").doesNotContain("\tat ");
  }
}
