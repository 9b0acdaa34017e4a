package io.weir.trainer.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.weir.detector.BatchScorer;
import io.weir.detector.Detector;
import io.weir.schemas.card.ModelCard.DataSource;
import io.weir.schemas.card.ModelCard.GoldenVector;
import io.weir.schemas.card.ModelCard.History;
import io.weir.schemas.card.ModelCard.Quantile;
import io.weir.schemas.card.ModelCard.ScoreDistribution;
import io.weir.schemas.card.ModelCard.Threshold;
import io.weir.schemas.card.ModelCard.Window;
import io.weir.trainer.data.bulk.RowValues;
import io.weir.trainer.engine.layer.Activation;
import io.weir.trainer.engine.layer.Activation.HardSigmoid;
import io.weir.trainer.engine.layer.Activation.Relu;
import io.weir.trainer.engine.layer.LayerParameters;
import io.weir.trainer.engine.layer.LayerParameters.OfBatchNorm;
import io.weir.trainer.engine.layer.LayerParameters.OfDense;
import io.weir.trainer.engine.layer.LayerParameters.OfDropout;
import io.weir.trainer.engine.layer.LayerParameters.OfLstm;
import io.weir.trainer.engine.layer.LayerParameters.OfRepeat;
import io.weir.trainer.engine.layer.LayerParameters.OfStepDense;
import io.weir.trainer.fit.FitSettings;
import io.weir.trainer.fit.optimizer.Optimizer.Adam;
import io.weir.trainer.onnx.DetectorFile;
import io.weir.trainer.onnx.LayerNames;
import io.weir.trainer.onnx.RandomDetectors;
import io.weir.trainer.onnx.TrainedDetector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublisherTest {
  private static final int ROWS = 300;

  @TempDir Path directory;

  @Test
  void publishesEveryKindOfDetector() throws Exception {
    Path file = directory.resolve("model.onnx");
    for (int seed = 0; seed < 32; seed++) {
      TrainedDetector trained =
          seed % 2 == 0 ? RandomDetectors.draw(seed / 2) : RandomDetectors.drawWindowed(seed / 2);
      Published published = publish(trained, file, seed);
      assertThat(published.parity().worst().agrees()).isTrue();
      try (Detector detector = Detector.open(file)) {
        assertThat(detector.card()).isEqualTo(published.card());
        assertThat(detector.sha256()).isEqualTo(published.sha256());
      }
      assertThat(file).hasSize(published.bytes());
    }
    assertOnlyFile(file);
  }

  @Test
  void judgesTheScoresThatTheFileGives() throws Exception {
    TrainedDetector trained = RandomDetectors.draw(3);
    float[] rows = RandomDetectors.ordinaryRows(trained, ROWS, 1);
    AtomicReference<float[]> judged = new AtomicReference<>();
    Path file = directory.resolve("model.onnx");
    Publisher.publish(
        trained,
        provenance(),
        matrix(trained, rows),
        matrix(trained, rows),
        scores -> {
          judged.set(scores);
          return judgement(scores);
        },
        file);
    try (Detector detector = Detector.open(file);
        BatchScorer scorer = detector.scorer(ROWS)) {
      System.arraycopy(rows, 0, scorer.features(), 0, rows.length);
      scorer.scoreRows(ROWS);
      for (int row = 0; row < ROWS; row++) {
        assertThat(scorer.score(row)).isEqualTo(judged.get()[row]);
      }
      assertThat(detector.card().thresholds()).isEqualTo(judgement(judged.get()).thresholds());
    }
  }

  @Test
  void goldenVectorsSpanTheScoresAndTheMissingValues() throws Exception {
    TrainedDetector trained = RandomDetectors.draw(3);
    Published published = publish(trained, directory.resolve("model.onnx"), 1);
    List<GoldenVector> golden = published.card().golden();
    ScoreDistribution scores = published.card().scores();
    assertThat(golden).hasSizeBetween(6, 8);
    assertThat((double) golden.getFirst().score()).isEqualTo(scores.quantiles().getFirst().score());
    assertThat(golden)
        .anyMatch(v -> v.score() == (float) scores.quantiles().getLast().score())
        .anyMatch(v -> v.features().stream().allMatch(value -> value == null));
  }

  @Test
  void aPaddedWindowHasAGoldenVectorOfItsFirstEvent() throws Exception {
    for (int seed = 0; seed < 8; seed++) {
      TrainedDetector trained = RandomDetectors.drawWindowed(seed);
      Window window = trained.window().orElseThrow();
      Published published = publish(trained, directory.resolve("model.onnx"), seed);
      assertThat(published.card().window()).isEqualTo(window);
      int features = trained.preprocessor().features().size();
      assertThat(
              published.card().golden().stream()
                  .map(GoldenVector::features)
                  .anyMatch(
                      row ->
                          row.subList(0, row.size() - features).stream()
                                  .allMatch(value -> value == null)
                              && row.subList(row.size() - features, row.size()).stream()
                                  .anyMatch(value -> value != null)))
          .as("detector %d", seed)
          .isEqualTo(window.padded());
    }
  }

  @Test
  void theSameDetectorAndRowsGiveTheSameFile() throws Exception {
    Path first = directory.resolve("first.onnx");
    Path second = directory.resolve("second.onnx");
    assertThat(publish(RandomDetectors.draw(4), first, 4).sha256())
        .isEqualTo(publish(RandomDetectors.draw(4), second, 4).sha256());
    assertThat(first).hasSameBinaryContentAs(second);
  }

  @Test
  void aFileWithAWrongBiasDoesNotPassTheGate() throws Exception {
    int refused = 0;
    for (int seed = 0; seed < 16; seed++) {
      TrainedDetector trained =
          seed < 12 ? RandomDetectors.draw(seed) : RandomDetectors.drawWindowed(seed);
      Activation last = trained.network().output().activation();
      if (last instanceof Relu || last instanceof HardSigmoid) {
        // Where these are flat the bias does not matter.
        continue;
      }
      TrainedDetector wrong = withWrongBias(trained);
      byte[] bytes = DetectorFile.bytes(wrong, RandomDetectors.card(wrong));
      float[] rows = RandomDetectors.ordinaryRows(trained, ROWS, seed);
      try (Detector file = Detector.draft(bytes, "memory")) {
        ParityException refusal =
            catchThrowableOfType(
                ParityException.class,
                () -> ParityGate.check(file, trained, matrix(trained, rows)));
        assertThat(refusal).as("detector %d", seed).isNotNull();
        assertThat(refusal)
            .hasMessageContaining("disagree on ")
            .hasMessageContaining(refusal.worst().output())
            .hasMessageContaining("instead of");
        assertThat(refusal.worst().agrees()).isFalse();
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(6);
  }

  @Test
  void aFailedPublicationLeavesTheOldFile() throws Exception {
    Path file = directory.resolve("model.onnx");
    publish(RandomDetectors.draw(1), file, 1);
    byte[] old = Files.readAllBytes(file);
    TrainedDetector other = RandomDetectors.draw(2);
    RowValues rows = matrix(other, RandomDetectors.ordinaryRows(other, ROWS, 2));
    assertThatThrownBy(
            () ->
                Publisher.publish(
                    other,
                    provenance(),
                    rows,
                    rows,
                    _ -> {
                      throw new IllegalStateException("no judgement");
                    },
                    file))
        .hasMessage("no judgement");
    assertThat(file).hasBinaryContent(old);
    assertOnlyFile(file);
  }

  @Test
  void aDirectoryThatIsNotThereIsAnIoFailure() {
    assertThatThrownBy(
            () -> publish(RandomDetectors.draw(1), directory.resolve("none/model.onnx"), 1))
        .isInstanceOf(IOException.class);
  }

  @Test
  void publishingWithoutRowsIsRefused() {
    TrainedDetector trained = RandomDetectors.draw(1);
    RowValues none = matrix(trained, new float[0]);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Publisher.publish(
                    trained,
                    provenance(),
                    none,
                    none,
                    PublisherTest::judgement,
                    directory.resolve("model.onnx")))
        .withMessageContaining("0 training rows of");
  }

  private static Published publish(TrainedDetector trained, Path file, long seed) throws Exception {
    RowValues rows = matrix(trained, RandomDetectors.ordinaryRows(trained, ROWS, seed));
    return Publisher.publish(trained, provenance(), rows, rows, PublisherTest::judgement, file);
  }

  private static RowValues matrix(TrainedDetector trained, float[] rows) {
    return RowValues.of(rows, trained.rowValues());
  }

  /// One bias of the decoder's last layer 0.01 off.
  private static TrainedDetector withWrongBias(TrainedDetector trained) {
    List<LayerParameters> parameters = new ArrayList<>(trained.parameters());
    int at =
        LayerNames.of(trained.network()).indexOf("decoder_" + trained.network().decoder().size());
    parameters.set(
        at,
        switch (parameters.get(at)) {
          case OfDense last ->
              new OfDense(last.inputs(), last.outputs(), last.kernel(), wrong(last.bias()));
          case OfStepDense last ->
              new OfStepDense(last.inputs(), last.outputs(), last.kernel(), wrong(last.bias()));
          case OfBatchNorm _, OfDropout _, OfLstm _, OfRepeat _ ->
              throw new IllegalStateException("A decoder ends in a dense layer");
        });
    return new TrainedDetector(
        trained.preprocessor(),
        trained.network(),
        parameters,
        trained.objective(),
        trained.klWeight(),
        trained.window());
  }

  private static float[] wrong(float[] bias) {
    float[] changed = bias.clone();
    changed[changed.length / 2] += 0.01f;
    return changed;
  }

  private void assertOnlyFile(Path file) throws IOException {
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  private static Judgement judgement(float[] scores) {
    float[] sorted = scores.clone();
    Arrays.sort(sorted);
    double mean = IntStream.range(0, sorted.length).mapToDouble(i -> sorted[i]).average().orElse(0);
    return new Judgement(
        new ScoreDistribution(
            sorted.length,
            mean,
            1,
            List.of(new Quantile(0, sorted[0]), new Quantile(1, sorted[sorted.length - 1]))),
        List.of(new Threshold("quantile:1", sorted[sorted.length - 1])));
  }

  private static Provenance provenance() {
    return new Provenance(
        "random",
        "1",
        Instant.parse("2026-01-01T00:00:00Z"),
        "custom",
        new FitSettings(Adam.keras(1e-3), 32, 10, 0.1, Optional.empty(), 1, 1),
        new History(10, 9, 0.1, 0.09, 0.01, 0.11, 1.5),
        List.of(new DataSource("csv", "rows.csv", ROWS, null, null)));
  }
}
