package io.weir.trainer.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.trainer.engine.kernel.KernelChoice;
import io.weir.trainer.engine.kernel.KernelTwins;
import io.weir.trainer.engine.kernel.Kernels;
import io.weir.trainer.engine.kernel.Panels;
import io.weir.trainer.engine.layer.LayerParameters;
import io.weir.trainer.engine.layer.LayerSpec;
import io.weir.trainer.engine.layer.LayerSpec.Dropout;
import io.weir.trainer.engine.network.Network;
import io.weir.trainer.engine.network.NetworkSpec;
import io.weir.trainer.engine.network.NetworkSpec.Classifier;
import io.weir.trainer.fit.ReferenceNetwork.Draw;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.loss.Reconstruction;
import io.weir.trainer.fit.loss.Reduction;
import io.weir.trainer.fit.optimizer.Optimizer.Adam;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every gradient that training takes equals the finite difference of the loss as it is defined,
/// with the noise and the dropout that the engine draws.
class GradientTest {
  private static final int ROWS = 11;
  private static final long SEED = 12;
  private static final double STEP = 1e-6;

  /// Adam without memory: the weight moves by g / (|g| + epsilon), from which g can be told.
  private static final double EPSILON = 0.5;

  static Stream<GradientCase> cases() {
    return GradientCase.all().stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalsTheFiniteDifference(GradientCase c) {
    TrainingRows data = data(c.spec().inputs(), c.weighted());
    List<LayerParameters> start = start(c.spec());
    ReferenceNetwork reference = new ReferenceNetwork(c.spec(), start);
    ReferenceLoss loss =
        new ReferenceLoss(c.spec(), c.objective(), data, draws(c.spec(), c.objective(), data));
    double expectedLoss = loss.loss(reference);
    List<List<double[]>> expected = gradients(c.spec(), reference, loss);

    double largest = 0;
    for (Kernels kernels : List.of(KernelChoice.chosen(), KernelTwins.scalar())) {
      FitSettings settings =
          new FitSettings(new Adam(1, 0, 0, EPSILON), ROWS, 1, 0, Optional.empty(), SEED, 1);
      FitResult result =
          new Fit(kernels)
              .continueFrom(start, c.spec(), c.objective(), data, settings, new FitListener() {});

      assertThat(result.history().getFirst().loss())
          .isCloseTo(expectedLoss, within(2e-6 * (1 + Math.abs(expectedLoss))));
      for (int layer = 0; layer < start.size(); layer++) {
        List<float[]> before = ReferenceNetwork.trained(start.get(layer));
        List<float[]> after = ReferenceNetwork.trained(result.parameters().get(layer));
        for (int tensor = 0; tensor < before.size(); tensor++) {
          double[] gradient = expected.get(layer).get(tensor);
          double off = deviation(gradient, before.get(tensor), after.get(tensor));
          assertThat(off).as("layer %d, tensor %d", layer, tensor).isLessThan(2e-5);
          largest = Math.max(largest, off);
        }
      }
    }
    System.out.printf("%s: largest deviation of gradients %.1e%n", c, largest);
  }

  /// The finite difference of each parameter. What a detached classifier costs, the autoencoder's
  /// parameters do not follow.
  private static List<List<double[]>> gradients(
      NetworkSpec spec, ReferenceNetwork network, ReferenceLoss loss) {
    Classifier classifier = spec.classifier().orElse(null);
    int autoencoder =
        network.trained.size() - (classifier == null ? 0 : classifier.layers().size());
    List<List<double[]>> all = new ArrayList<>();
    for (int layer = 0; layer < network.trained.size(); layer++) {
      boolean alone = classifier != null && classifier.detach() && layer < autoencoder;
      ToDoubleFunction<ReferenceNetwork> f = alone ? loss::autoencoderLoss : loss::loss;
      all.add(
          network.trained.get(layer).stream().map(tensor -> gradient(tensor, network, f)).toList());
    }
    return all;
  }

  private static double[] gradient(
      double[] tensor, ReferenceNetwork network, ToDoubleFunction<ReferenceNetwork> loss) {
    double[] gradient = new double[tensor.length];
    for (int i = 0; i < tensor.length; i++) {
      double value = tensor[i];
      tensor[i] = value + STEP;
      double up = loss.applyAsDouble(network);
      tensor[i] = value - STEP;
      double down = loss.applyAsDouble(network);
      tensor[i] = value;
      gradient[i] = (up - down) / (2 * STEP);
    }
    return gradient;
  }

  /// The largest difference, relative to 0.1 + the gradient.
  private static double deviation(double[] expected, float[] before, float[] after) {
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      double moved = (double) before[i] - after[i];
      double gradient = EPSILON * moved / (1 - Math.abs(moved));
      double off = Math.abs(gradient - expected[i]) / (0.1 + Math.abs(expected[i]));
      largest = Math.max(largest, off);
    }
    return largest;
  }

  /// What the engine draws in its first epoch: [rows x samples].
  private static List<List<Draw>> draws(NetworkSpec spec, Objective objective, TrainingRows data) {
    Objective oneStream =
        new Objective(
            objective.reconstruction(),
            Reduction.MEAN,
            1,
            1,
            Reduction.MEAN,
            false,
            objective.prior(),
            objective.samples(),
            Optional.empty());
    int size = ROWS * objective.samples();
    Batch batch = new Batch(data, oneStream, size);
    batch.learn(1, IntStream.range(0, ROWS).toArray(), null, 0, ROWS);
    float[] noise = new float[size * Panels.padded(spec.latent())];
    new LatentNoise(KernelTwins.scalar(), SEED, spec.latent(), size).fill(batch, 0, size, noise);
    List<LayerSpec> layers = spec.layers().toList();
    float[][] factors = new float[layers.size()][];
    for (int i = 0; i < factors.length; i++) {
      if (layers.get(i) instanceof Dropout dropout) {
        factors[i] = new float[size * Panels.padded(dropout.columns())];
        new DropoutFactors(SEED).fill(dropout, i, batch, 0, size, factors[i]);
      }
    }
    List<List<Draw>> draws = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      List<Draw> samples = new ArrayList<>();
      for (int at = row * objective.samples(); at < (row + 1) * objective.samples(); at++) {
        double[][] kept = new double[factors.length][];
        for (int i = 0; i < kept.length; i++) {
          kept[i] = factors[i] == null ? null : row(factors[i], at, layers.get(i).outputs());
        }
        samples.add(new Draw(row(noise, at, spec.latent()), kept));
      }
      draws.add(samples);
    }
    return draws;
  }

  private static double[] row(float[] padded, int row, int columns) {
    double[] values = new double[columns];
    for (int c = 0; c < columns; c++) {
      values[c] = padded[row * Panels.padded(columns) + c];
    }
    return values;
  }

  private static TrainingRows data(int columns, boolean weighted) {
    Random random = new Random(3);
    float[] inputs = new float[ROWS * columns];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = random.nextFloat();
    }
    float[] weights = new float[ROWS];
    byte[] labels = new byte[ROWS];
    for (int i = 0; i < ROWS; i++) {
      weights[i] = 2 * random.nextFloat();
      labels[i] = (byte) (i % 3 == 1 ? 1 : 0);
    }
    return new TrainingRows(inputs, ROWS, columns, weighted ? weights : null, labels);
  }

  /// Random weights, with biases that are not zero; of learned variances one is beyond its bound.
  private static List<LayerParameters> start(NetworkSpec spec) {
    Network network = new Network(spec, KernelTwins.scalar());
    network.initialize(SEED);
    Random random = new Random(4);
    List<LayerParameters> all = network.parameters();
    for (LayerParameters layer : all) {
      List<float[]> tensors = ReferenceNetwork.trained(layer);
      float[] shift = tensors.isEmpty() ? new float[0] : tensors.getLast();
      for (int i = 0; i < shift.length; i++) {
        shift[i] = (float) (0.3 * random.nextGaussian());
      }
    }
    if (spec.outputLogVariance().isPresent()) {
      int classifier = spec.classifier().map(head -> head.layers().size()).orElse(0);
      ReferenceNetwork.trained(all.get(all.size() - classifier - 1)).getLast()[0] =
          Reconstruction.LARGEST_LOG_VARIANCE + 3;
    }
    return all;
  }
}
