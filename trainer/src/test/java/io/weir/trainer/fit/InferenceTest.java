package io.weir.trainer.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.weir.trainer.engine.kernel.KernelTwins;
import io.weir.trainer.engine.layer.Activation;
import io.weir.trainer.engine.layer.LayerParameters;
import io.weir.trainer.engine.layer.LayerSpec.BatchNorm;
import io.weir.trainer.engine.layer.LayerSpec.Dropout;
import io.weir.trainer.engine.network.Inference;
import io.weir.trainer.engine.network.Network;
import io.weir.trainer.engine.network.NetworkSpec;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class InferenceTest {
  private static final NetworkSpec VAE = Toys.vae(9, 20, 3);
  private static final NetworkSpec AUTOENCODER =
      new NetworkSpec.Autoencoder(
          List.of(
              Toys.dense(9, 17, new Activation.Tanh()), Toys.dense(17, 2, new Activation.Relu())),
          List.of(Toys.dense(2, 9, new Activation.Sigmoid())));

  @Test
  void agreesWithTheDefinition() {
    agrees(VAE, 300);
    agrees(AUTOENCODER, 5);
  }

  @Test
  void scoresWithMovingAveragesAndWithoutDropout() {
    Activation leaky = new Activation.LeakyRelu(0.3f);
    NetworkSpec spec =
        new NetworkSpec.Autoencoder(
            List.of(
                Toys.dense(9, 17, new Activation.Linear()),
                new Dropout(17, 0.5f),
                BatchNorm.keras(17, leaky)),
            List.of(Toys.dense(17, 9, new Activation.Softmax())));
    FitSettings settings = Toys.settings(32, 3, 0, 1, 1);
    List<LayerParameters> learned =
        new Fit()
            .run(spec, Toys.MSE, Toys.rows(64, 9, 3), settings, new FitListener() {})
            .parameters();
    agrees(spec, learned, 40);
  }

  @Test
  void scoresSequences() {
    agrees(Toys.lstmVae(3, 3), 300);
    agrees(Toys.lstmVae(1, 9), 5);
  }

  private static void agrees(NetworkSpec spec, int rows) {
    agrees(spec, weights(spec), rows);
  }

  private static void agrees(NetworkSpec spec, List<LayerParameters> weights, int rows) {
    float[] inputs = Toys.rows(rows, 9, 3).inputs();
    Inference.Outputs outputs = new Inference(spec, weights).run(inputs);
    double[][] x = new double[rows][];
    for (int r = 0; r < rows; r++) {
      x[r] = ReferenceNetwork.doubles(Arrays.copyOfRange(inputs, r * 9, r * 9 + 9));
    }
    ReferenceNetwork.Outputs expected = new ReferenceNetwork(spec, weights).score(x);
    boolean stochastic = spec.variational().isPresent();
    for (int r = 0; r < rows; r++) {
      compare(outputs.reconstruction(), r, expected.reconstruction()[r]);
      compare(outputs.latentMean(), r, expected.latent()[r]);
      if (stochastic) {
        compare(outputs.latentLogVariance(), r, expected.logVariance()[r]);
      }
    }
  }

  private static void compare(float[] all, int row, double[] expected) {
    for (int c = 0; c < expected.length; c++) {
      assertThat((double) all[row * expected.length + c]).isCloseTo(expected[c], within(2e-6));
    }
  }

  @Test
  void aRowsOutputsDoNotDependOnTheRowsAroundIt() {
    float[] inputs = Toys.rows(300, 9, 3).inputs();
    Inference inference = new Inference(VAE, weights(VAE));
    float[] together = inference.run(inputs).reconstruction();
    for (int r = 0; r < 300; r += 37) {
      float[] alone = inference.run(Arrays.copyOfRange(inputs, r * 9, r * 9 + 9)).reconstruction();
      assertThat(alone).isEqualTo(Arrays.copyOfRange(together, r * 9, r * 9 + 9));
    }
  }

  @Test
  void noRowsGiveNoOutputs() {
    Inference.Outputs outputs = new Inference(VAE, weights(VAE)).run(new float[0]);
    assertThat(outputs.rows()).isZero();
    assertThat(outputs.reconstruction()).isEmpty();
  }

  @Test
  void refusesWhatIsNoRow() {
    Inference inference = new Inference(VAE, weights(VAE));
    assertThatThrownBy(() -> inference.run(new float[10]))
        .hasMessage("10 values are not rows of 9 columns");
  }

  @Test
  void refusesWeightsOfAnotherNetwork() {
    assertThatThrownBy(() -> new Inference(Toys.vae(9, 21, 3), weights(VAE)))
        .hasMessage("Weights of dense 9 x 20 do not fit a dense layer of 9 x 21");
  }

  private static List<LayerParameters> weights(NetworkSpec spec) {
    Network network = new Network(spec, KernelTwins.scalar());
    network.initialize(1);
    return network.parameters();
  }
}
