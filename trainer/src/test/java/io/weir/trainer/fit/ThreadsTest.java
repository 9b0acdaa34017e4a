package io.weir.trainer.fit;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.trainer.engine.layer.LayerParameters;
import io.weir.trainer.engine.layer.LayerParameters.OfBatchNorm;
import io.weir.trainer.engine.layer.LayerParameters.OfDense;
import io.weir.trainer.engine.layer.LayerParameters.OfDropout;
import io.weir.trainer.engine.layer.LayerParameters.OfLstm;
import io.weir.trainer.engine.layer.LayerParameters.OfRepeat;
import io.weir.trainer.engine.layer.LayerParameters.OfStepDense;
import io.weir.trainer.engine.network.NetworkSpec;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.optimizer.Optimizer.Adam;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The same seed gives the same weights, bit for bit, at 1, 2 and 4 threads, for every kind of
/// model, in batches large enough to be shared.
class ThreadsTest {
  private static final int ROWS = 1100;
  private static final int BATCH = 512;

  @ParameterizedTest
  @MethodSource("io.weir.trainer.fit.GoldenModel#all")
  void theNumberOfThreadsDoesNotChangeABit(GoldenModel model) {
    NetworkSpec network = model.network();
    TrainingRows rows = rows(network, model.objective());
    FitResult one = train(network, model.objective(), rows, 1);
    for (int threads : new int[] {2, 4}) {
      FitResult many = train(network, model.objective(), rows, threads);
      List<float[]> weights = weights(many);
      List<float[]> expected = weights(one);
      for (int i = 0; i < expected.size(); i++) {
        assertThat(weights.get(i))
            .as("tensor %d, %d threads", i, threads)
            .isEqualTo(expected.get(i));
      }
      assertThat(many.history())
          .usingRecursiveComparison()
          .ignoringFields("seconds")
          .isEqualTo(one.history());
    }
  }

  private static FitResult train(
      NetworkSpec network, Objective objective, TrainingRows rows, int threads) {
    FitSettings settings =
        new FitSettings(Adam.keras(1e-3), BATCH, 2, 0.1, Optional.empty(), 5, threads);
    FitListener listener =
        new FitListener() {
          @Override
          public void stepDone(int epoch, int step, int steps, double loss) {
            assertThat(helpers()).hasSizeGreaterThanOrEqualTo(threads - 1);
          }
        };
    return new Fit().run(network, objective, rows, settings, listener);
  }

  private static List<Thread> helpers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("weir-fit-"))
        .toList();
  }

  private static TrainingRows rows(NetworkSpec network, Objective objective) {
    Random random = new Random(1);
    float[] inputs = new float[ROWS * network.inputs()];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = random.nextFloat();
    }
    float[] weights = new float[ROWS];
    byte[] labels = new byte[ROWS];
    for (int i = 0; i < ROWS; i++) {
      weights[i] = 2 * random.nextFloat();
      labels[i] = (byte) random.nextInt(2);
    }
    return new TrainingRows(
        inputs,
        ROWS,
        network.inputs(),
        objective.klWeighted() ? weights : null,
        network.classifier().isPresent() ? labels : null);
  }

  private static List<float[]> weights(FitResult result) {
    List<float[]> all = new ArrayList<>();
    for (LayerParameters parameters : result.parameters()) {
      switch (parameters) {
        case OfDense dense -> Stream.of(dense.kernel(), dense.bias()).forEach(all::add);
        case OfBatchNorm norm ->
            Stream.of(norm.gamma(), norm.beta(), norm.movingMean(), norm.movingVariance())
                .forEach(all::add);
        case OfStepDense dense -> Stream.of(dense.kernel(), dense.bias()).forEach(all::add);
        case OfLstm lstm ->
            Stream.of(lstm.kernel(), lstm.recurrent(), lstm.bias()).forEach(all::add);
        case OfDropout(), OfRepeat() -> {}
      }
    }
    return all;
  }
}
