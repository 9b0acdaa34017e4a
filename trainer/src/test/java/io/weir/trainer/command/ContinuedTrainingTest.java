package io.weir.trainer.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `train --from`: the training of a published model goes on.
class ContinuedTrainingTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// So small that no weight changes by a bit.
  private static final String NO_LEARNING = "--learning-rate=1e-30";

  @TempDir Path directory;
  private Path payments;
  private Path first;

  @BeforeEach
  void writePayments() {
    payments = Payments.write(directory.resolve("payments.csv"));
    first = directory.resolve("first.onnx");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--preset=dense", "--preset=M10C", "--learned-variance"})
  void withoutLearningEveryScoreStays(String flag) {
    succeed(
        "train",
        "--data=" + payments,
        "--exclude=id",
        "--label=fraud",
        flag,
        "--epochs=3",
        "--out=" + first);
    Path second = directory.resolve("second.onnx");
    succeed(
        "train",
        "--data=" + payments,
        "--label=fraud",
        "--from=" + first,
        NO_LEARNING,
        "--epochs=2",
        "--out=" + second);
    assertThat(scores(second)).isEqualTo(scores(first));
  }

  @Test
  void learningGoesOnWhereItEnded() throws IOException {
    trainFirst("--epochs=30");
    Path second = directory.resolve("second.onnx");
    succeed(
        "train",
        "--data=" + payments,
        "--label=fraud",
        "--from=" + first,
        "--epochs=5",
        "--out=" + second);
    double ended = Double.parseDouble(lastLine("first.history.csv").split(",")[1]);
    double wentOn = Double.parseDouble(lastLine("second.history.csv").split(",")[1]);
    double began =
        Double.parseDouble(
            Files.readAllLines(directory.resolve("first.history.csv")).get(1).split(",")[1]);
    assertThat(wentOn).isLessThan(1.1 * ended).isLessThan(0.5 * began);
    assertThat(scores(second)).isNotEqualTo(scores(first));
  }

  @Test
  void theCardTellsWhereItComesFromAndKeepsTheSettings() throws IOException {
    trainFirst("--epochs=3", "--batch=17", "--beta=0.05");
    Path second = directory.resolve("second.onnx");
    succeed(
        "train",
        "--data=" + payments,
        "--label=fraud",
        "--from=" + first,
        "--beta=0.1",
        "--out=" + second);
    JsonNode before = inspect(first);
    JsonNode after = inspect(second);
    assertThat(after.at("/card/training/from/sha256")).isEqualTo(before.path("sha256"));
    assertThat(after.at("/card/training/from/name").asText()).isEqualTo("first");
    assertThat(after.at("/card/training/epochs").asInt()).isEqualTo(3);
    assertThat(after.at("/card/training/batch").asInt()).isEqualTo(17);
    assertThat(after.at("/card/training/beta").asDouble()).isEqualTo(0.1);
    assertThat(after.at("/card/preprocessing")).isEqualTo(before.at("/card/preprocessing"));
    assertThat(after.at("/card/architecture")).isEqualTo(before.at("/card/architecture"));
    assertThat(Cli.weir("inspect", "--model", second).out()).contains("Continued from first");
  }

  @Test
  void rowsMayBeWeighted() throws IOException {
    trainFirst("--epochs=1");
    Cli run =
        Cli.weir(
            "train",
            "--data=" + payments,
            "--from=" + first,
            "--weight=items",
            "--where=items > 0",
            "--out=" + directory.resolve("second.onnx"));
    assertThat(run.exit()).describedAs(run.err()).isZero();
    Cli unknown = Cli.weir("train", "--data=" + payments, "--from=" + first, "--weight=itms");
    assertThat(unknown.err()).contains("the weight column 'itms' does not exist").contains("items");
  }

  @Test
  void flagsThatOnlyANewModelCanFollowAreRefused() {
    trainFirst("--epochs=1");
    Cli run =
        Cli.weir("train", "--data=" + payments, "--from=" + first, "--latent=3", "--exclude=items");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .contains("keeps the model's network and features: leave --latent, --exclude out");
  }

  @Test
  void rowsWithOtherColumnsAreRefused() throws IOException {
    trainFirst("--epochs=1");
    Path other = Files.writeString(directory.resolve("other.csv"), "amount,itms\n1,2\n2,3\n");
    Cli run = Cli.weir("train", "--data=" + other, "--from=" + first);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("'items' needs a column 'items'").doesNotContain("\tat ");
  }

  @Test
  void aFileThatIsNoModelIsRefused() {
    Cli run = Cli.weir("train", "--data=" + payments, "--from=" + payments);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("payments.csv").doesNotContain("\tat ");
  }

  private void trainFirst(String... flags) {
    List<Object> args =
        new ArrayList<>(
            List.of(
                "train", "--data=" + payments, "--exclude=id", "--label=fraud", "--out=" + first));
    args.addAll(List.of(flags));
    succeed(args.toArray());
  }

  private static Cli succeed(Object... args) {
    Cli run = Cli.weir(args);
    assertThat(run.exit()).describedAs(run.err()).isZero();
    return run;
  }

  private String scores(Path model) {
    return succeed("score", "--model", model, "--data", payments).out();
  }

  private static JsonNode inspect(Path model) throws IOException {
    return JSON.readTree(succeed("inspect", "--model", model, "--output", "json").out());
  }

  private String lastLine(String history) throws IOException {
    return Files.readAllLines(directory.resolve(history)).getLast();
  }
}
