package io.weir.trainer.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.weir.trainer.config.ConfigException;
import io.weir.trainer.config.NetworkKind;
import io.weir.trainer.config.Preset;
import io.weir.trainer.config.Variant;
import io.weir.trainer.grid.FoldScore.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFolderTest {
  private static final Map<String, String> SETTINGS = Map.of("--epochs", "3", "data rows", "9");
  private static final Variant VAE = new Variant(Preset.DYNAMIC_VAE, NetworkKind.VAE, 2, "5", 1.5);
  private static final Variant PLAIN =
      new Variant(Preset.DENSE, NetworkKind.AUTOENCODER, null, null, null);
  private static final FoldScore SCORE =
      new FoldScore(
          2,
          Outcome.COMPLETED,
          123,
          7,
          0.1 + 0.2,
          Map.of(Metric.LOSS, Math.PI, Metric.KL_DIVERGENCE, 1e-300),
          Map.of(Metric.BCE, 1 / 3.0));

  @TempDir Path parent;

  @Test
  void scoresReadBackToTheSameBits() throws IOException {
    FoldScore diverged = FoldScore.diverged(1, 55);
    try (ResultFolder results = open()) {
      results.add(VAE, SCORE, List.of());
      results.add(PLAIN, diverged, List.of());
    }
    try (ResultFolder results = open()) {
      assertThat(results.find(VAE, 2)).contains(SCORE);
      assertThat(results.find(PLAIN, 1)).contains(diverged);
      assertThat(results.find(VAE, 1)).isEmpty();
      assertThat(results.find(PLAIN, 2)).isEmpty();
    }
  }

  @Test
  void aLineThatACrashCutOffIsTakenAway() throws IOException {
    try (ResultFolder results = open()) {
      results.add(VAE, SCORE, List.of());
    }
    byte[] whole = Files.readAllBytes(runs());
    Files.writeString(runs(), "dense,autoencoder,,,,1,compl", StandardOpenOption.APPEND);
    try (ResultFolder results = open()) {
      assertThat(results.find(VAE, 2)).contains(SCORE);
    }
    assertThat(runs()).hasBinaryContent(whole);
  }

  @Test
  void otherSettingsAreRefusedAndEveryDifferenceIsNamed() throws IOException {
    try (ResultFolder results = open()) {
      results.add(VAE, SCORE, List.of());
    }
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(
            () ->
                ResultFolder.open(
                    folder(), Map.of("--epochs", "4", "--batch", "8", "data rows", "9")))
        .withMessageContaining(
            "other settings: --batch was not given, now 8; --epochs was 3, now 4.")
        .withMessageContaining("choose another --out")
        .withMessageNotContaining("data rows");
  }

  @Test
  void aFolderWithoutResultsTakesAnySettings() throws IOException {
    open().close();
    Map<String, String> others = Map.of("--epochs", "4");
    try (ResultFolder results = ResultFolder.open(folder(), others)) {
      results.add(VAE, SCORE, List.of());
    }
    ResultFolder.open(folder(), others).close();
    assertThatExceptionOfType(ConfigException.class).isThrownBy(this::open);
  }

  @Test
  void resultsWhoseSettingsAreGoneAreRefused() throws IOException {
    try (ResultFolder results = open()) {
      results.add(VAE, SCORE, List.of());
    }
    Files.delete(folder().resolve("settings.json"));
    assertThatExceptionOfType(ExperimentException.class)
        .isThrownBy(this::open)
        .withMessageContaining("settings.json is missing or damaged");
  }

  @Test
  void anExperimentInTheSameFolderAtTheSameTimeIsRefused() throws IOException {
    try (ResultFolder _ = open()) {
      assertThatExceptionOfType(ExperimentException.class)
          .isThrownBy(this::open)
          .withMessageContaining("is in use by another experiment");
    }
    open().close();
  }

  @Test
  void aDamagedLineIsNamed() throws IOException {
    open().close();
    Files.writeString(runs(), "dense,what\n", StandardOpenOption.APPEND);
    assertThatExceptionOfType(ExperimentException.class)
        .isThrownBy(this::open)
        .withMessageContaining("runs.csv, line 2: 2 fields instead of 22. Remove the line");
  }

  @Test
  void aFileOfOtherColumnsIsRefused() throws IOException {
    Files.createDirectories(folder());
    Files.writeString(runs(), "x,y\n1,2\n");
    assertThatExceptionOfType(ExperimentException.class)
        .isThrownBy(this::open)
        .withMessageContaining("has other columns than this version of Weir writes");
  }

  private ResultFolder open() throws IOException {
    return ResultFolder.open(folder(), SETTINGS);
  }

  private Path folder() {
    return parent.resolve("results");
  }

  private Path runs() {
    return folder().resolve("runs.csv");
  }
}
