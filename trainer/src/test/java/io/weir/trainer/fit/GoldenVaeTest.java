package io.weir.trainer.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.trainer.engine.kernel.KernelTwins;
import io.weir.trainer.engine.kernel.Kernels;
import io.weir.trainer.engine.layer.Activation;
import io.weir.trainer.engine.layer.LayerParameters;
import io.weir.trainer.engine.layer.LayerParameters.OfDense;
import io.weir.trainer.engine.layer.LayerSpec;
import io.weir.trainer.engine.network.NetworkSpec;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.loss.Reconstruction;
import io.weir.trainer.fit.loss.Reduction;
import io.weir.trainer.fit.optimizer.Optimizer.Adam;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Ten steps end where PyTorch's end, from the same weights and the same noise
/// (`src/test/python/golden_vae.py` writes the file).
class GoldenVaeTest {
  private static final int COLUMNS = 9;
  private static final int STEPS = 10;

  static Stream<Kernels> kernels() {
    return KernelTwins.all();
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void tenStepsEndWherePyTorchEnds(Kernels kernels) throws IOException {
    JsonNode golden =
        new ObjectMapper().readTree(GoldenVaeTest.class.getResourceAsStream("golden-vae.json"));
    Activation linear = new Activation.Linear();
    NetworkSpec.Vae spec =
        new NetworkSpec.Vae(
            List.of(Toys.dense(COLUMNS, 13, new Activation.LeakyRelu(0.3f))),
            Toys.dense(13, 3, linear),
            Toys.dense(13, 3, linear),
            List.of(Toys.dense(3, 13, new Activation.Tanh()), Toys.dense(13, COLUMNS, linear)));
    List<LayerSpec> layers = spec.layers().toList();
    List<LayerParameters> start = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      JsonNode parameters = golden.get("start");
      start.add(
          new OfDense(
              layers.get(i).inputs(),
              layers.get(i).outputs(),
              floats(parameters.get(2 * i)),
              floats(parameters.get(2 * i + 1))));
    }
    float[] weights = floats(golden.get("weights"));
    TrainingRows rows =
        new TrainingRows(floats(golden.get("inputs")), weights.length, COLUMNS, weights);
    Objective objective = new Objective(Reconstruction.MSE, Reduction.MEAN, 0.25, Reduction.SUM);
    FitSettings settings =
        new FitSettings(
            Adam.keras(1e-2), rows.rows(), STEPS, 0, Optional.empty(), 0x1234567890ABCDEFL, 1);

    FitResult result =
        new Fit(kernels).continueFrom(start, spec, objective, rows, settings, new FitListener() {});

    for (int step = 0; step < STEPS; step++) {
      EpochLoss loss = result.history().get(step);
      JsonNode expected = golden.get("history").get(step);
      assertThat(loss.loss()).isCloseTo(expected.get(0).asDouble(), within(2e-6));
      assertThat(loss.reconstructionLoss()).isCloseTo(expected.get(1).asDouble(), within(2e-6));
      assertThat(loss.klDivergence()).isCloseTo(expected.get(2).asDouble(), within(2e-6));
    }
    assertThat(result.bestEpoch()).isEqualTo(STEPS);
    for (int i = 0; i < layers.size(); i++) {
      OfDense p = (OfDense) result.parameters().get(i);
      assertThat(p.kernel()).containsExactly(floats(golden.get("end").get(2 * i)), within(1e-5f));
      assertThat(p.bias()).containsExactly(floats(golden.get("end").get(2 * i + 1)), within(1e-5f));
    }
  }

  private static float[] floats(JsonNode array) {
    float[] values = new float[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) array.get(i).asDouble();
    }
    return values;
  }
}
