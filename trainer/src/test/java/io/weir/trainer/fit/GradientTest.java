package io.weir.trainer.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.trainer.engine.kernel.KernelChoice;
import io.weir.trainer.engine.kernel.KernelTwins;
import io.weir.trainer.engine.kernel.Kernels;
import io.weir.trainer.engine.kernel.Panels;
import io.weir.trainer.engine.layer.Activation;
import io.weir.trainer.engine.layer.LayerParameters;
import io.weir.trainer.engine.layer.LayerParameters.OfDense;
import io.weir.trainer.engine.layer.LayerSpec.Dense;
import io.weir.trainer.engine.network.Network;
import io.weir.trainer.engine.network.NetworkSpec;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.loss.Reconstruction;
import io.weir.trainer.fit.loss.Reduction;
import io.weir.trainer.fit.optimizer.Optimizer.Adam;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every gradient that training takes equals the finite difference of the loss as it is defined.
class GradientTest {
  private static final int ROWS = 11;
  private static final int COLUMNS = 7;
  private static final long SEED = 12;

  /// Adam without memory: the weight moves by g / (|g| + epsilon), from which g can be told.
  private static final double EPSILON = 0.5;

  record Case(NetworkSpec spec, Objective objective, boolean weighted) {
    @Override
    public String toString() {
      return "%s %s, %s, output %s%s"
          .formatted(
              spec.getClass().getSimpleName(),
              ((Dense) spec.decoder().getFirst()).activation(),
              objective,
              spec.output().activation(),
              weighted ? ", weighted rows" : "");
    }
  }

  static Stream<Case> cases() {
    Activation linear = new Activation.Linear();
    Activation sigmoid = new Activation.Sigmoid();
    Activation leaky = new Activation.LeakyRelu(0.3f);
    Objective mean = objective(Reconstruction.MSE, Reduction.MEAN, 0.7);
    Objective sum = objective(Reconstruction.MSE, Reduction.SUM, 1.5);
    List<Case> all = new ArrayList<>();
    for (Activation hidden :
        List.of(linear, new Activation.Relu(), leaky, new Activation.Tanh(), sigmoid)) {
      all.add(new Case(vae(hidden, linear), mean, false));
      all.add(new Case(autoencoder(hidden, hidden), sum, false));
    }
    for (Reconstruction reconstruction :
        List.of(Reconstruction.MSE, Reconstruction.BCE, Reconstruction.L1)) {
      for (Reduction reduction : Reduction.values()) {
        all.add(new Case(vae(leaky, sigmoid), objective(reconstruction, reduction, 0.7), true));
        all.add(
            new Case(autoencoder(leaky, sigmoid), objective(reconstruction, reduction, 0), false));
      }
    }
    NetworkSpec.Vae shallow =
        new NetworkSpec.Vae(
            List.of(),
            Toys.dense(COLUMNS, 3, linear),
            Toys.dense(COLUMNS, 3, linear),
            List.of(Toys.dense(3, COLUMNS, linear)));
    all.add(new Case(shallow, sum, true));
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalsTheFiniteDifference(Case c) {
    check(c, KernelChoice.chosen());
    check(c, KernelTwins.scalar());
  }

  private static void check(Case c, Kernels kernels) {
    TrainingRows data = data(c.weighted);
    List<LayerParameters> start = start(c.spec);
    FitSettings settings =
        new FitSettings(new Adam(1, 0, 0, EPSILON), ROWS, 1, 0, Optional.empty(), SEED, 1);

    FitResult result =
        new Fit(kernels)
            .continueFrom(start, c.spec, c.objective, data, settings, new FitListener() {});

    float[] noise = noise(c.spec);
    ReferenceNetwork reference = new ReferenceNetwork(c.spec, start);
    double loss = reference.loss(c.objective, data, noise);
    assertThat(result.history().getFirst().loss()).isCloseTo(loss, within(2e-6 * (1 + loss)));
    for (int layer = 0; layer < start.size(); layer++) {
      OfDense before = (OfDense) start.get(layer);
      OfDense after = (OfDense) result.parameters().get(layer);
      compare(c, data, noise, reference, 2 * layer, before.kernel(), after.kernel());
      compare(c, data, noise, reference, 2 * layer + 1, before.bias(), after.bias());
    }
  }

  private static void compare(
      Case c,
      TrainingRows data,
      float[] noise,
      ReferenceNetwork reference,
      int index,
      float[] before,
      float[] after) {
    double[] parameters = reference.parameters.get(index);
    double h = 1e-6;
    for (int i = 0; i < parameters.length; i++) {
      double value = parameters[i];
      parameters[i] = value + h;
      double up = reference.loss(c.objective, data, noise);
      parameters[i] = value - h;
      double down = reference.loss(c.objective, data, noise);
      parameters[i] = value;
      double moved = (double) before[i] - after[i];
      double gradient = EPSILON * moved / (1 - Math.abs(moved));
      double expected = (up - down) / (2 * h);
      assertThat(gradient)
          .as("parameters %d, element %d", index, i)
          .isCloseTo(expected, within(2e-6 + 2e-5 * Math.abs(expected)));
    }
  }

  private static float[] noise(NetworkSpec spec) {
    int latent = spec.latent();
    int width = Panels.padded(latent);
    float[] padded = new float[ROWS * width];
    Batch batch = new Batch(data(false), objective(Reconstruction.MSE, Reduction.MEAN, 1), ROWS);
    batch.learn(1, IntStream.range(0, ROWS).toArray(), null, 0, ROWS);
    new LatentNoise(KernelTwins.scalar(), SEED, latent, ROWS).fill(batch, 0, ROWS, padded);
    float[] noise = new float[ROWS * latent];
    for (int r = 0; r < ROWS; r++) {
      System.arraycopy(padded, r * width, noise, r * latent, latent);
    }
    return noise;
  }

  private static TrainingRows data(boolean weighted) {
    Random random = new Random(3);
    float[] inputs = new float[ROWS * COLUMNS];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = random.nextFloat();
    }
    float[] weights = new float[ROWS];
    for (int i = 0; i < ROWS; i++) {
      weights[i] = 2 * random.nextFloat();
    }
    return new TrainingRows(inputs, ROWS, COLUMNS, weighted ? weights : null);
  }

  /// Random weights, with biases that are not zero.
  private static List<LayerParameters> start(NetworkSpec spec) {
    Network network = new Network(spec, KernelTwins.scalar());
    network.initialize(SEED);
    Random random = new Random(4);
    List<LayerParameters> all = network.parameters();
    for (LayerParameters p : all) {
      float[] bias = ((OfDense) p).bias();
      for (int i = 0; i < bias.length; i++) {
        bias[i] = (float) (0.3 * random.nextGaussian());
      }
    }
    return all;
  }

  private static NetworkSpec vae(Activation hidden, Activation output) {
    Activation linear = new Activation.Linear();
    return new NetworkSpec.Vae(
        List.of(Toys.dense(COLUMNS, 18, hidden), Toys.dense(18, 5, hidden)),
        Toys.dense(5, 3, linear),
        Toys.dense(5, 3, linear),
        List.of(
            Toys.dense(3, 5, hidden), Toys.dense(5, 18, hidden), Toys.dense(18, COLUMNS, output)));
  }

  private static NetworkSpec autoencoder(Activation hidden, Activation output) {
    return new NetworkSpec.Autoencoder(
        List.of(Toys.dense(COLUMNS, 9, hidden), Toys.dense(9, 2, new Activation.Linear())),
        List.of(Toys.dense(2, 9, hidden), Toys.dense(9, COLUMNS, output)));
  }

  private static Objective objective(Reconstruction loss, Reduction reduction, double beta) {
    return new Objective(loss, reduction, beta, reduction);
  }
}
