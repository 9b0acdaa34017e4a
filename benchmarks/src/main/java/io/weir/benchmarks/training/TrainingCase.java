package io.weir.benchmarks.training;

import io.weir.trainer.engine.layer.Activation;
import io.weir.trainer.engine.layer.Initializer;
import io.weir.trainer.engine.layer.LayerSpec;
import io.weir.trainer.engine.layer.LayerSpec.Dense;
import io.weir.trainer.engine.layer.LayerSpec.Lstm;
import io.weir.trainer.engine.network.NetworkSpec;
import io.weir.trainer.engine.network.NetworkSpec.Vae;
import io.weir.trainer.fit.FitSettings;
import io.weir.trainer.fit.TrainingRows;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.loss.Reconstruction;
import io.weir.trainer.fit.loss.Reduction;
import io.weir.trainer.fit.optimizer.Optimizer.Adam;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// A network, its loss and a batch size, to be trained on synthetic rows.
///
/// @param floor what Weir's rate must at least be, as a multiple of the best peer's
/// @param goal what it should be
record TrainingCase(
    String name,
    Vae spec,
    Objective objective,
    int batch,
    int rows,
    double learningRate,
    double floor,
    double goal) {
  static final long SEED = 0x5EED;

  /// Of Adam: so small that it does not matter that PyTorch adds it in another place.
  static final double EPSILON = 1e-12;

  private static final int FACTORS = 4;

  /// M1 is ML4Anomalies' `VAE_model_extended`, M3 its `VAE_model3`; `small` is M1 without its
  /// repeated layers, `mnist` the classic VAE of images of 28 x 28, `lstm` the preset
  /// `lstm-vae-images`, which reads them in 28 steps.
  static List<TrainingCase> all() {
    List<TrainingCase> cases = new ArrayList<>();
    Activation leaky = new Activation.LeakyRelu(0.3f);
    Activation relu = new Activation.Relu();
    Vae extended = vae(leaky, leaky, new int[] {16, 20, 10, 10, 10, 7}, 3, 7, 10, 10, 10, 20, 16);
    Objective mean = new Objective(Reconstruction.MSE, Reduction.MEAN, 1e-6, Reduction.MEAN);
    cases.add(new TrainingCase("m1-16", extended, mean, 16, 65_536, 5e-4, 25, 50));
    cases.add(new TrainingCase("m1-32", extended, mean, 32, 65_536, 5e-4, 25, 45));
    cases.add(new TrainingCase("m1-256", extended, mean, 256, 65_536, 5e-4, 4, 7));
    Vae small = vae(leaky, new Activation.Linear(), new int[] {16, 20, 10}, 3, 10, 20, 16);
    cases.add(new TrainingCase("small-16", small, mean, 16, 65_536, 5e-4, 25, 50));
    cases.add(new TrainingCase("small-32", small, mean, 32, 65_536, 5e-4, 25, 45));
    cases.add(new TrainingCase("small-256", small, mean, 256, 65_536, 5e-4, 4, 7));
    Vae m3 =
        vae(leaky, new Activation.Linear(), new int[] {64, 128, 64, 32}, 8, 8, 32, 64, 128, 64);
    Objective tiny = new Objective(Reconstruction.MSE, Reduction.MEAN, 1e-8, Reduction.MEAN);
    cases.add(new TrainingCase("m3-256", m3, tiny, 256, 65_536, 5e-4, 1.0, 1.8));
    Vae mnist = vae(relu, new Activation.Sigmoid(), new int[] {784, 400}, 20, 400, 784);
    Objective bce = new Objective(Reconstruction.BCE, Reduction.SUM, 1, Reduction.SUM);
    cases.add(new TrainingCase("mnist-128", mnist, bce, 128, 8_192, 1e-3, 0.9, 1.2));
    Dense head = dense(256, 16, new Activation.Linear());
    Vae lstm =
        new Vae(
            List.of(new Lstm(28, 28, 256, false)),
            head,
            head,
            List.of(dense(16, 256, relu), dense(256, 784, new Activation.Sigmoid())));
    cases.add(new TrainingCase("lstm-256", lstm, bce, 256, 4_096, 1e-3, 0.8, 1.2));
    return cases;
  }

  /// @throws IllegalArgumentException naming the cases if there is none of this name
  static TrainingCase named(String name) {
    return all().stream()
        .filter(c -> c.name.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no case \"%s\"; the cases: %s"
                        .formatted(name, all().stream().map(TrainingCase::name).toList())));
  }

  private static Vae vae(
      Activation hidden, Activation output, int[] encoder, int latent, int... decoder) {
    int[] after = new int[decoder.length + 1];
    after[0] = latent;
    System.arraycopy(decoder, 0, after, 1, decoder.length);
    int last = encoder[encoder.length - 1];
    Dense head = dense(last, latent, new Activation.Linear());
    List<LayerSpec> layers = chain(after, hidden);
    layers.add(dense(layers.removeLast().inputs(), decoder[decoder.length - 1], output));
    return new Vae(chain(encoder, hidden), head, head, layers);
  }

  private static List<LayerSpec> chain(int[] widths, Activation activation) {
    List<LayerSpec> layers = new ArrayList<>();
    for (int i = 1; i < widths.length; i++) {
      layers.add(dense(widths[i - 1], widths[i], activation));
    }
    return layers;
  }

  private static Dense dense(int inputs, int outputs, Activation activation) {
    return new Dense(inputs, outputs, activation, Initializer.GLOROT_UNIFORM);
  }

  NetworkSpec network() {
    return spec;
  }

  FitSettings settings(int batchRows, int epochs, int threads) {
    Adam adam = new Adam(learningRate, 0.9, 0.999, EPSILON);
    return new FitSettings(adam, batchRows, epochs, 0, Optional.empty(), SEED, threads);
  }

  /// Rows in [0, 1] that follow a few hidden factors, so that there is something to learn.
  TrainingRows data() {
    Random random = new Random(SEED);
    int columns = spec.inputs();
    float[] inputs = new float[rows * columns];
    float[] factors = new float[FACTORS];
    for (int row = 0; row < rows; row++) {
      for (int f = 0; f < FACTORS; f++) {
        factors[f] = random.nextFloat();
      }
      for (int column = 0; column < columns; column++) {
        float product = factors[column % FACTORS] * factors[column / FACTORS % FACTORS];
        inputs[row * columns + column] = 0.8f * product + 0.1f * random.nextFloat();
      }
    }
    return new TrainingRows(inputs, rows, columns);
  }

  /// The first batch of [#data].
  TrainingRows gateData(TrainingRows data) {
    int columns = data.columns();
    return new TrainingRows(Arrays.copyOf(data.inputs(), batch * columns), batch, columns);
  }
}
