package io.weir.trainer.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.detector.Agreement;
import io.weir.detector.BatchScorer;
import io.weir.detector.Detector;
import io.weir.detector.Deviation;
import io.weir.detector.Explainer;
import io.weir.detector.Explanation;
import io.weir.schemas.features.FeatureSpec;
import io.weir.schemas.features.FeatureSpec.Numeric;
import io.weir.trainer.config.Preset;
import io.weir.trainer.config.Recipe;
import io.weir.trainer.config.Recurrence;
import io.weir.trainer.data.bulk.RowValues;
import io.weir.trainer.data.prepare.Preprocessor;
import io.weir.trainer.data.prepare.Treatment;
import io.weir.trainer.engine.kernel.KernelTwins;
import io.weir.trainer.engine.network.Network;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The presets with LSTMs as files, at their own widths.
class SequenceFileTest {
  private static final int MOST = 512;
  private static final int[] BATCHES = {
    1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17, 31, 33, 64, 100, 128, 255, 256, 257, 511
  };

  @ParameterizedTest
  @CsvSource({"LSTM, 10, 40", "LSTM, 3, 21", "LSTM_IMAGES, 28, 784"})
  void aRowHasTheSameBitsInEveryBatch(Preset preset, int steps, int inputs) throws Exception {
    TrainedDetector drawn = drawn(preset, steps, inputs);
    float[] values = values(MOST * inputs);
    try (Detector detector = open(drawn);
        BatchScorer scorer = detector.scorer(MOST)) {
      float[] whole = scores(scorer, values, 0, MOST, inputs);
      for (int batch : BATCHES) {
        for (int from : new int[] {0, (MOST - batch) / 2, MOST - batch}) {
          assertThat(scores(scorer, values, from, batch, inputs))
              .as("rows from %d on in a batch of %d", from, batch)
              .isEqualTo(Arrays.copyOfRange(whole, from, from + batch));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"LSTM, 10, 40", "LSTM_IMAGES, 28, 784"})
  void theGraphSaysWhatTheFormulasSay(Preset preset, int steps, int inputs) throws Exception {
    TrainedDetector drawn = drawn(preset, steps, inputs);
    PlainDetector plain = new PlainDetector(drawn);
    Agreement agreement = new Agreement(RandomDetectors.card(drawn));
    float[] values = values(20 * inputs);
    try (Detector detector = open(drawn);
        Explainer explainer = detector.explainer()) {
      for (int at = 0; at < values.length; at += inputs) {
        float[] row = Arrays.copyOfRange(values, at, at + inputs);
        Explanation answer = explainer.explain(row, 0);
        Deviation worst = agreement.worst(row, plain.explain(row, answer), answer);
        assertThat(worst.agrees()).as(worst.toString()).isTrue();
      }
    }
  }

  private static float[] scores(
      BatchScorer scorer, float[] values, int from, int rows, int inputs) {
    System.arraycopy(values, from * inputs, scorer.features(), 0, rows * inputs);
    scorer.scoreRows(rows);
    float[] scores = new float[rows];
    for (int row = 0; row < rows; row++) {
      scores[row] = scorer.score(row);
    }
    return scores;
  }

  private static TrainedDetector drawn(Preset preset, int steps, int inputs) {
    List<FeatureSpec> features =
        IntStream.range(0, inputs)
            .<FeatureSpec>mapToObj(i -> new Numeric("x" + i, "x" + i, true))
            .toList();
    List<Treatment> treatments = Collections.nCopies(inputs, Treatment.NONE);
    Preprocessor preprocessor =
        Preprocessor.fit(features, treatments, RowValues.of(values(50 * inputs), inputs));
    Recipe recipe = preset.recipe();
    Recurrence published = recipe.shape().recurrence().orElseThrow();
    Recurrence rows = new Recurrence(published.units(), published.decoder(), steps);
    Network network =
        new Network(
            recipe.withShape(recipe.shape().withRecurrence(Optional.of(rows))).network(inputs),
            KernelTwins.scalar());
    network.initialize(4);
    return new TrainedDetector(
        preprocessor, network.spec(), network.parameters(), recipe.objective(), recipe.klWeight());
  }

  private static float[] values(int count) {
    Random random = new Random(count);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextFloat();
    }
    return values;
  }

  private static Detector open(TrainedDetector trained) throws Exception {
    return Detector.draft(DetectorFile.bytes(trained, RandomDetectors.card(trained)), "memory");
  }
}
