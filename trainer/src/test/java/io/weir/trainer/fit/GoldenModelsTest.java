package io.weir.trainer.fit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.trainer.engine.kernel.KernelChoice;
import io.weir.trainer.engine.kernel.KernelTwins;
import io.weir.trainer.engine.kernel.Kernels;
import io.weir.trainer.engine.layer.LayerParameters;
import io.weir.trainer.engine.layer.LayerParameters.OfBatchNorm;
import io.weir.trainer.engine.layer.LayerParameters.OfDense;
import io.weir.trainer.engine.layer.LayerParameters.OfDropout;
import io.weir.trainer.engine.layer.LayerParameters.OfLstm;
import io.weir.trainer.engine.layer.LayerParameters.OfRepeat;
import io.weir.trainer.engine.layer.LayerParameters.OfStepDense;
import io.weir.trainer.engine.layer.LayerSpec.BatchNorm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Ten steps end where PyTorch's end, from the same weights, with the same noise, dropout and order
/// of the rows.
class GoldenModelsTest {
  private static final int STEPS = 10;
  private static final List<Kernels> KERNELS = List.of(KernelTwins.scalar(), KernelChoice.chosen());

  @Test
  void thereAreGoldenFilesOfEveryKindOfModel() {
    assertThat(GoldenModel.all().map(GoldenModel::name))
        .contains("m1", "m3", "m6", "m7", "m9", "m10-a", "m10-b", "m10-c", "m10-x", "m11")
        .contains("dynamic", "dynamic-prior", "learned-variance", "vae-weighted")
        .contains("lstm-dense-decoder", "lstm-decoder");
  }

  @ParameterizedTest
  @MethodSource("io.weir.trainer.fit.GoldenModel#all")
  void tenStepsEndWherePyTorchEnds(GoldenModel model) {
    Deviation deviation = new Deviation();
    for (Kernels kernels : KERNELS) {
      List<Double> steps = new ArrayList<>();
      FitResult result =
          new Fit(kernels)
              .continueFrom(
                  model.start(),
                  model.network(),
                  model.objective(),
                  model.rows(),
                  model.settings(1),
                  recording(steps));
      compareLosses(model, result, steps, deviation);
      compareWeights(model, result, deviation);
    }
    System.out.printf("%s: largest deviation of %s%n", model, deviation);

    boolean norm = model.network().layers().anyMatch(BatchNorm.class::isInstance);
    assertThat(deviation.loss).isLessThan(1e-6);
    assertThat(deviation.weight)
        .as("batch normalisation cancels what is common to its rows, down to the rounding")
        .isLessThan(norm ? 1e-5 : 1e-6);
    assertThat(deviation.free)
        .as("Adam moves by its learning rate even where the gradient is rounding")
        .isLessThan(2 * STEPS * model.learningRate());
  }

  private static FitListener recording(List<Double> steps) {
    return new FitListener() {
      @Override
      public void stepDone(int epoch, int step, int ofEpoch, double loss) {
        steps.add(loss);
      }
    };
  }

  private static void compareLosses(
      GoldenModel model, FitResult result, List<Double> steps, Deviation deviation) {
    assertThat(steps).hasSize(STEPS);
    for (int i = 0; i < STEPS; i++) {
      deviation.loss(steps.get(i), model.steps().get(i));
    }
    List<List<Double>> epochs = model.epochs();
    for (int i = 0; i < epochs.size(); i++) {
      EpochLoss actual = result.history().get(i);
      deviation.loss(actual.loss(), epochs.get(i).get(0));
      deviation.loss(actual.reconstructionLoss(), epochs.get(i).get(1));
      deviation.loss(actual.klDivergence(), epochs.get(i).get(2));
      double crossEntropy = epochs.get(i).get(3);
      actual.classification().ifPresent(c -> deviation.loss(c.crossEntropy(), crossEntropy));
    }
  }

  private static void compareWeights(GoldenModel model, FitResult result, Deviation deviation) {
    assertThat(result.bestEpoch()).as("weights of the last epoch").isEqualTo(model.epochs().size());
    List<LayerParameters> end = result.parameters();
    for (int i = 0; i < end.size(); i++) {
      switch (end.get(i)) {
        case OfDense dense -> {
          deviation.weights(dense.kernel(), model.end(i, "kernel"));
          if (model.biasIsFree(i)) {
            deviation.free(dense.bias(), model.end(i, "bias"));
          } else {
            deviation.weights(dense.bias(), model.end(i, "bias"));
          }
        }
        case OfBatchNorm norm -> {
          deviation.weights(norm.gamma(), model.end(i, "gamma"));
          deviation.weights(norm.beta(), model.end(i, "beta"));
          deviation.weights(norm.movingVariance(), model.end(i, "moving_variance"));
          if (i > 0 && model.biasIsFree(i - 1)) {
            deviation.free(norm.movingMean(), model.end(i, "moving_mean"));
          } else {
            deviation.weights(norm.movingMean(), model.end(i, "moving_mean"));
          }
        }
        case OfStepDense dense -> {
          deviation.weights(dense.kernel(), model.end(i, "kernel"));
          deviation.weights(dense.bias(), model.end(i, "bias"));
        }
        case OfLstm lstm -> {
          deviation.weights(lstm.kernel(), model.end(i, "kernel"));
          deviation.weights(lstm.recurrent(), model.end(i, "recurrent"));
          deviation.weights(lstm.bias(), model.end(i, "bias"));
        }
        case OfDropout(), OfRepeat() -> {}
      }
    }
  }

  /// The largest differences so far: of losses, relative to 1 + the loss; of weights, absolute; of
  /// weights that the loss does not depend on.
  private static final class Deviation {
    private double loss;
    private double weight;
    private double free;

    void loss(double actual, double expected) {
      loss = Math.max(loss, Math.abs(actual - expected) / (1 + Math.abs(expected)));
    }

    void weights(float[] actual, JsonNode expected) {
      weight = Math.max(weight, of(actual, expected));
    }

    void free(float[] actual, JsonNode expected) {
      free = Math.max(free, of(actual, expected));
    }

    private static double of(float[] actual, JsonNode expected) {
      double sum = 0;
      double squares = 0;
      double largest = 0;
      int every = expected.get("every").asInt();
      for (int i = 0; i < actual.length; i++) {
        sum += actual[i];
        squares += (double) actual[i] * actual[i];
        if (i % every == 0) {
          double value = expected.get("values").get(i / every).asDouble();
          largest = Math.max(largest, Math.abs(actual[i] - value));
        }
      }
      double meanOff = Math.abs(sum - expected.get("sum").asDouble()) / actual.length;
      double squareOff =
          Math.abs(squares - expected.get("sum_of_squares").asDouble()) / actual.length;
      return Math.max(largest, Math.max(meanOff, squareOff));
    }

    @Override
    public String toString() {
      return "losses %.1e, weights %.1e, weights without gradient %.1e"
          .formatted(loss, weight, free);
    }
  }
}
