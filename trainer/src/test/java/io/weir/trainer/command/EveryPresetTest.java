package io.weir.trainer.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.detector.BatchScorer;
import io.weir.detector.Detector;
import io.weir.trainer.config.Preset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every preset trains, is published through the parity gate (which compares ONNX Runtime with the
/// engine on more than a thousand rows, alone and in batches of 257), and scores. Those with LSTMs
/// take the four features of a row for two steps.
class EveryPresetTest {
  @TempDir static Path directory;
  private static Path payments;

  @BeforeAll
  static void write() {
    payments = Payments.write(directory.resolve("payments.csv"));
  }

  @ParameterizedTest
  @EnumSource(Preset.class)
  void trainsIsPublishedAndScores(Preset preset) throws Exception {
    Path model = train(preset, "trained", "--epochs=2");
    try (Detector detector = Detector.open(model);
        BatchScorer scorer = detector.scorer(3)) {
      assertThat(detector.card().architecture().preset()).isEqualTo(preset.label());
      int rows = 0;
      for (var golden : detector.card().golden()) {
        for (int f = 0; f < golden.features().size(); f++) {
          Float value = golden.features().get(f);
          scorer.features()[f] = value == null ? Float.NaN : value;
        }
        scorer.scoreRows(1);
        assertThat(scorer.score(0)).isEqualTo(golden.score());
        rows++;
      }
      assertThat(rows).isPositive();
    }
    List<String> scores =
        Cli.weir("score", "--model", model, "--data", payments).out().lines().skip(1).toList();
    assertThat(scores).hasSize(Payments.NORMAL + Payments.ANOMALIES);
    assertThat(scores.stream().map(line -> line.split(",")[1]).distinct()).hasSizeGreaterThan(20);
  }

  @ParameterizedTest
  @EnumSource(Preset.class)
  void passesTheParityGateAtRandomWeights(Preset preset) {
    train(preset, "random", "--epochs=1", "--learning-rate=1e-30");
  }

  @ParameterizedTest
  @EnumSource(
      value = Preset.class,
      names = {"WIDE_WEIGHTED", "NORMALISED_WEIGHTED"})
  void learnsOtherwiseFromWeightedRows(Preset preset) throws Exception {
    float even = firstScore(preset, "even", "select *, 1.0 as w from '%s'");
    float uneven = firstScore(preset, "uneven", "select *, 0.5 + (id %% 7) as w from '%s'");
    assertThat(uneven).isNotEqualTo(even);
  }

  private static float firstScore(Preset preset, String name, String query) throws Exception {
    Path model = directory.resolve(preset.label() + name + ".onnx");
    Cli run =
        Cli.weir(
            "train",
            "--data=" + query.formatted(payments),
            "--exclude=id",
            "--label=fraud",
            "--weight=w",
            "--preset=" + preset.label(),
            "--epochs=2",
            "--out=" + model);
    assertThat(run.exit()).describedAs(run.err()).isZero();
    String scores = Cli.weir("score", "--model", model, "--data", payments).out();
    return Float.parseFloat(scores.lines().skip(1).findFirst().orElseThrow().split(",")[1]);
  }

  private static Path train(Preset preset, String name, String... flags) {
    Path model = directory.resolve(preset.label() + "-" + name + ".onnx");
    List<Object> args =
        new ArrayList<>(
            List.of(
                "train",
                "--data=" + payments,
                "--exclude=id",
                "--label=fraud",
                "--preset=" + preset.label(),
                "--out=" + model));
    args.addAll(List.of(flags));
    if (preset.recipe().shape().recurrence().isPresent()) {
      args.addAll(List.of("--include=amount,items,distance,night", "--row-steps=2"));
    }
    Cli run = Cli.weir(args.toArray());
    assertThat(run.exit()).describedAs(run.err()).isZero();
    assertThat(run.err()).contains("ONNX Runtime and the engine agree on");
    return model;
  }
}
