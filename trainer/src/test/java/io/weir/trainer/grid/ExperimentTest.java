package io.weir.trainer.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.weir.trainer.config.NetworkKind;
import io.weir.trainer.config.Preset;
import io.weir.trainer.config.Recipe;
import io.weir.trainer.config.Schedule;
import io.weir.trainer.config.Variant;
import io.weir.trainer.data.DataReader;
import io.weir.trainer.data.Dataset;
import io.weir.trainer.data.ask.DataRequest;
import io.weir.trainer.data.bulk.Storage;
import io.weir.trainer.fit.EpochLoss;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.grid.FoldScore.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentTest {
  private static final int FOLDS = 3;

  @TempDir Path directory;
  private Dataset rows;
  private Dataset unseen;

  @BeforeEach
  void readRows() throws IOException {
    rows = DataReader.infer(DataRequest.of(csv("rows.csv", 90, 1).toString()));
    unseen = DataReader.bind(DataRequest.of(csv("test.csv", 40, 2).toString()), rows.features());
  }

  @Test
  void everyCandidateIsTrainedOnEveryFold() throws IOException {
    List<Summary> summaries = run("out", 1, new ExperimentListener() {});
    assertThat(summaries).hasSize(2).allSatisfy(s -> assertThat(s.folds()).isEqualTo(FOLDS));
    assertThat(Files.readAllLines(directory.resolve("out/runs.csv"))).hasSize(1 + 2 * FOLDS);
    assertThat(Files.readAllLines(directory.resolve("out/summary.csv"))).hasSize(1 + 2);
    assertThat(directory.resolve("out/history")).isDirectoryContaining("glob:**fold-3.csv");
  }

  @Test
  void anAutoencoderHasNoDivergenceAndItsLossIsTheErrorItWasTrainedBy() throws IOException {
    Summary plain = run("out", 1, new ExperimentListener() {}).getFirst();
    assertThat(plain.validation()).doesNotContainKey(Metric.KL_DIVERGENCE);
    assertThat(plain.validation().get(Metric.LOSS)).isEqualTo(plain.validation().get(Metric.BCE));
    assertThat(plain.test()).containsOnlyKeys(plain.validation().keySet());
  }

  @Test
  void theLossOfAVaeIsTheSumOfItsTermsAndItsReconstructionTheSumOverTheOutputs()
      throws IOException {
    Summary vae = run("out", 1, new ExperimentListener() {}).getLast();
    for (Map<Metric, Spread> part : List.of(vae.validation(), vae.test())) {
      double reconstruction = part.get(Metric.RECONSTRUCTION_LOSS).mean();
      assertThat(part.get(Metric.LOSS).mean())
          .isCloseTo(reconstruction + 2 * part.get(Metric.KL_DIVERGENCE).mean(), within(1e-9));
      int columns = rows.features().size();
      assertThat(part.get(Metric.BCE).mean() * columns).isCloseTo(reconstruction, within(1e-5));
    }
    assertThat(vae.test().get(Metric.RECONSTRUCTION_LOSS))
        .as("test rows are measured, not the held-out ones again")
        .isNotEqualTo(vae.validation().get(Metric.RECONSTRUCTION_LOSS));
  }

  @Test
  void theNumberOfThreadsDoesNotChangeAByte() throws IOException {
    run("one", 1, new ExperimentListener() {});
    run("three", 3, new ExperimentListener() {});
    assertSame("three", "one");
  }

  @Test
  void afterBeingKilledInTheMiddleItEndsWithTheSameBytes() throws IOException {
    run("whole", 1, new ExperimentListener() {});

    assertThatExceptionOfType(Killed.class).isThrownBy(() -> run("killed", 1, new Killer(4)));
    assertThat(Files.readAllLines(directory.resolve("killed/runs.csv"))).hasSize(1 + 3);
    List<String> trainedAgain = new ArrayList<>();
    run(
        "killed",
        1,
        new ExperimentListener() {
          @Override
          public void trainingStarted(Variant variant, int fold) {
            trainedAgain.add(variant.kindName() + " " + fold);
          }
        });
    assertThat(trainedAgain).containsExactly("vae 1", "vae 2", "vae 3");
    assertSame("killed", "whole");
  }

  @Test
  void whoeverStopsItKeepsTheTrainingsThatAreDone() throws IOException {
    int[] epochs = {0};
    ExperimentListener stopping =
        new ExperimentListener() {
          @Override
          public void epochDone(EpochLoss loss) {
            epochs[0]++;
          }

          @Override
          public boolean stopRequested() {
            return epochs[0] == 3;
          }
        };
    try (ResultFolder results = open("out")) {
      Experiment experiment = experiment(results, 1);
      assertThat(experiment.run(stopping)).isFalse();
      assertThat(experiment.done()).as("two epochs each: the second is cut short").isEqualTo(1);
      assertThat(experiment.trainings()).isEqualTo(2 * FOLDS);
      assertThat(experiment.summaries()).hasSize(1);
    }
  }

  @Test
  void aTrainingThatDivergesIsRecordedAndTheOthersGoOn() throws IOException {
    Recipe wild = recipe(Preset.NORMALISED_AUTOENCODER, 2, 1e30);
    Candidate diverging =
        new Candidate(
            new Variant(Preset.NORMALISED_AUTOENCODER, NetworkKind.AUTOENCODER, null, null, null),
            wild);
    try (ResultFolder results = open("out")) {
      List<Candidate> candidates = List.of(diverging, candidates().getFirst());
      Experiment experiment =
          new Experiment(
              candidates,
              rows,
              null,
              Storage.standard(),
              Folds.draw(rows.rows(), FOLDS, 7),
              1,
              7,
              1,
              results);
      assertThat(experiment.run(new ExperimentListener() {})).isTrue();
      assertThat(results.find(diverging.variant(), 1).orElseThrow().outcome())
          .isEqualTo(Outcome.DIVERGED);
      assertThat(results.find(candidates.getLast().variant(), 1).orElseThrow().outcome())
          .isEqualTo(Outcome.COMPLETED);
    }
  }

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /// As abrupt as a signal: between two epochs, nothing written afterwards.
  private static final class Killer implements ExperimentListener {
    private int left;

    private Killer(int training) {
      left = training;
    }

    @Override
    public void trainingStarted(Variant variant, int fold) {
      left--;
    }

    @Override
    public void epochDone(EpochLoss loss) {
      if (left == 0) {
        throw new Killed();
      }
    }
  }

  private List<Summary> run(String folder, int threads, ExperimentListener listener)
      throws IOException {
    try (ResultFolder results = open(folder)) {
      Experiment experiment = experiment(results, threads);
      experiment.run(listener);
      return experiment.summaries();
    }
  }

  private ResultFolder open(String folder) throws IOException {
    return ResultFolder.open(directory.resolve(folder), Map.of("--epochs", "2"));
  }

  private Experiment experiment(ResultFolder results, int threads) {
    Folds folds = Folds.draw(rows.rows(), FOLDS, 7);
    return new Experiment(
        candidates(), rows, unseen, Storage.standard(), folds, FOLDS, 7, threads, results);
  }

  private List<Candidate> candidates() {
    return List.of(
        new Candidate(
            new Variant(Preset.DYNAMIC_AUTOENCODER, NetworkKind.AUTOENCODER, null, null, null),
            recipe(Preset.DYNAMIC_AUTOENCODER, 0, 1e-2)),
        new Candidate(
            new Variant(Preset.DYNAMIC_VAE, NetworkKind.VAE, null, null, 2.0),
            recipe(Preset.DYNAMIC_VAE, 2, 1e-2)));
  }

  private static Recipe recipe(Preset preset, double beta, double learningRate) {
    Recipe recipe = preset.recipe();
    return recipe
        .withObjective(
            new Objective(
                recipe.objective().reconstruction(),
                recipe.objective().reconstructionReduction(),
                beta,
                recipe.objective().klReduction()))
        .withSchedule(Schedule.pytorch(learningRate, 16, 2));
  }

  private void assertSame(String actual, String expected) {
    for (String file : List.of("runs.csv", "summary.csv", "settings.json")) {
      assertThat(directory.resolve(actual).resolve(file))
          .hasSameBinaryContentAs(directory.resolve(expected).resolve(file));
    }
  }

  private Path csv(String name, int rows, long seed) throws IOException {
    Random random = new Random(seed);
    StringBuilder csv = new StringBuilder("a,b,c,d,e\n");
    for (int row = 0; row < rows; row++) {
      double x = random.nextGaussian();
      double y = random.nextGaussian();
      csv.append(
          String.format(
              Locale.ROOT, "%.4f,%.4f,%.4f,%.4f,%.4f\n", x, y, x + y, x - y, 2 * x + 0.1 * y));
    }
    return Files.writeString(directory.resolve(name), csv);
  }
}
