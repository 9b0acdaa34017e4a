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

class ExperimentCommandTest {
  @TempDir Path directory;
  private Path payments;
  private Path out;

  @BeforeEach
  void writePayments() {
    payments = Payments.write(directory.resolve("payments.csv"));
    out = directory.resolve("results");
  }

  @Test
  void aGridOfAutoencodersAndVaesIsTrainedAndCompared() throws IOException {
    Cli run = experiment("--kind", "autoencoder,vae", "--latent", "1,3", "--beta", "0.1,1");
    assertThat(run.exit()).describedAs(run.err()).isZero();
    assertThat(run.err())
        .contains("6 settings x 2 folds: 12 trainings")
        .contains("12/12 dense, vae, latent 3, beta 1.0, fold 2: validation loss");
    assertThat(run.out().lines().filter(line -> line.startsWith("autoencoder "))).hasSize(2);
    assertThat(run.out().lines().filter(line -> line.startsWith("vae "))).hasSize(4);
    assertThat(run.out()).contains("±").contains("best fold").doesNotContain("Test rows");
    assertThat(Files.readAllLines(out.resolve("runs.csv"))).hasSize(13);
    assertThat(Files.readAllLines(out.resolve("summary.csv"))).hasSize(7);
  }

  @Test
  void testRowsAreMeasuredByEveryNetworkAndJsonTellsAll() throws IOException {
    Cli run = experiment("--latent", "2", "--test", payments, "--output", "json");
    assertThat(run.exit()).describedAs(run.err()).isZero();
    JsonNode result = new ObjectMapper().readTree(run.out());
    assertThat(result.path("rows").asInt()).isEqualTo(Payments.NORMAL);
    assertThat(result.path("test_rows").asInt()).isEqualTo(Payments.NORMAL);
    assertThat(result.path("done").asInt())
        .isEqualTo(2)
        .isEqualTo(result.path("trainings").asInt());
    assertThat(result.path("interrupted").asBoolean(true)).isFalse();
    JsonNode place = result.path("grid").path(0);
    assertThat(place.path("latent").asText()).isEqualTo("2");
    assertThat(place.path("best_fold").asInt()).isBetween(1, 2);
    assertThat(place.path("parameters").asLong()).isPositive();
    for (String part : List.of("validation", "test")) {
      assertThat(place.path(part).path("mse").path("mean").asDouble()).isPositive();
      assertThat(place.path(part).path("kl_divergence").path("std").isNumber()).isTrue();
    }
    assertThat(place.path("test").path("mse")).isNotEqualTo(place.path("validation").path("mse"));
  }

  @Test
  void theSameCommandAgainTrainsNothingAndALargerGridOnlyWhatIsNew() throws IOException {
    experiment("--latent", "1,2");
    byte[] before = Files.readAllBytes(out.resolve("runs.csv"));
    Cli again = experiment("--latent", "1,2");
    assertThat(again.err()).contains("4 trainings, 4 of them done before");
    assertThat(Files.readAllBytes(out.resolve("runs.csv"))).isEqualTo(before);
    Cli larger = experiment("--latent", "1,2,3");
    assertThat(larger.err()).contains("5/6 dense, vae, latent 3, fold 1").doesNotContain("1/6");
    assertThat(Files.readString(out.resolve("runs.csv"))).startsWith(new String(before));
  }

  @Test
  void anotherSettingInTheSameFolderIsRefused() {
    experiment("--latent", "1");
    Cli run = experiment("--latent", "1", "--batch", "32");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .contains("other settings: --batch was not given, now 32.")
        .contains("choose another --out");
  }

  @Test
  void moreOfTheFoldsLaterIsTheSameExperiment() throws IOException {
    experiment("--latent", "1", "--first-folds", "1");
    assertThat(Files.readAllLines(out.resolve("runs.csv"))).hasSize(2);
    Cli run = experiment("--latent", "1");
    assertThat(run.err()).contains("2 trainings, 1 of them done before");
    assertThat(Files.readAllLines(out.resolve("runs.csv"))).hasSize(3);
  }

  @Test
  void aYamlFileMaySpanTheGrid() throws IOException {
    Path config =
        Files.writeString(
            directory.resolve("experiment.yaml"),
            "latent: [1, 2]\nkind: [autoencoder]\nfolds: 3\nepochs: 1\n");
    Cli run =
        Cli.weir(
            "experiment",
            "--config",
            config,
            "--data",
            payments,
            "--exclude",
            "id",
            "--label",
            "fraud",
            "--out",
            out);
    assertThat(run.exit()).describedAs(run.err()).isZero();
    assertThat(run.err()).contains("2 settings x 3 folds: 6 trainings");
  }

  @Test
  void wrongGridsAreWrongUsage() {
    assertWrong("--latent 2,2: every value may come once", "--latent", "2,2");
    assertWrong("dense, vae, depth 0: --depth 0: must be at least 1", "--depth", "0");
    assertWrong("--beta -1.0: must be at least 0", "--beta", "0.1,-1");
    assertWrong("Preset \"dynamic-vea\" is unknown", "--preset", "dynamic-vea");
    assertWrong("--first-folds 3: from 1 to --folds, which is 2", "--first-folds", "3");
    assertWrong("--folds 1: from 2 to the number of rows, which is 800", "--folds", "1");
    assertWrong("give --scale, one for all", "--preset", "dense,dynamic-vae");
    assertWrong("vae-dnn-latent, vae: experiments compare autoencoders", "--preset", "M10");
    assertWrong("--criterion last keeps the last epoch", "--criterion", "last", "--patience", 3);
    assertWrong("--threads 0: must be at least 1", "--threads", "0");
    assertThat(out).doesNotExist();
  }

  private void assertWrong(String message, Object... more) {
    Cli run = experiment(more);
    assertThat(run.exit()).describedAs(message).isEqualTo(2);
    assertThat(run.err()).contains(message);
  }

  /// Two folds, two epochs, unless `more` says otherwise.
  private Cli experiment(Object... more) {
    List<Object> words = new ArrayList<>(List.of("experiment", "--data", payments));
    words.addAll(List.of("--exclude", "id", "--label", "fraud", "--out", out, "--epochs", 2));
    if (!List.of(more).contains("--folds")) {
      words.addAll(List.of("--folds", 2));
    }
    words.addAll(List.of(more));
    return Cli.weir(words.toArray());
  }
}
