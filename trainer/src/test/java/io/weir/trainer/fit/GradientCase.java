package io.weir.trainer.fit;

import io.weir.trainer.engine.layer.Activation;
import io.weir.trainer.engine.layer.Initializer;
import io.weir.trainer.engine.layer.LayerSpec;
import io.weir.trainer.engine.layer.LayerSpec.BatchNorm;
import io.weir.trainer.engine.layer.LayerSpec.Dense;
import io.weir.trainer.engine.layer.LayerSpec.Dropout;
import io.weir.trainer.engine.layer.LayerSpec.Lstm;
import io.weir.trainer.engine.layer.LayerSpec.Repeat;
import io.weir.trainer.engine.layer.LayerSpec.StepDense;
import io.weir.trainer.engine.network.NetworkSpec;
import io.weir.trainer.engine.network.NetworkSpec.Classifier;
import io.weir.trainer.engine.network.NetworkSpec.Classifier.Input;
import io.weir.trainer.engine.network.Prior;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.loss.Objective.Classification;
import io.weir.trainer.fit.loss.Reconstruction;
import io.weir.trainer.fit.loss.Reduction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A small network and a loss whose gradient is worth a check; together the cases have every layer,
/// activation and term of the loss.
///
/// @param weighted whether the rows have weights
record GradientCase(String name, NetworkSpec spec, Objective objective, boolean weighted) {
  static final int COLUMNS = 7;
  private static final int LATENT = 3;
  private static final Activation LINEAR = new Activation.Linear();
  private static final Activation SIGMOID = new Activation.Sigmoid();
  private static final Activation HARD_SIGMOID = new Activation.HardSigmoid();
  private static final Activation SOFTMAX = new Activation.Softmax();
  private static final Activation LEAKY = new Activation.LeakyRelu(0.3f);
  private static final Prior PRIOR = new Prior(List.of(2.0, 5.0, -1.0), List.of(3.0, 1.0, 0.5));

  @Override
  public String toString() {
    return name;
  }

  static List<GradientCase> all() {
    List<GradientCase> all = new ArrayList<>();
    activations(all);
    reconstructions(all);
    layers(all);
    sequences(all);
    latents(all);
    classifiers(all);
    return all;
  }

  private static void activations(List<GradientCase> all) {
    for (Activation hidden :
        List.of(LINEAR, new Activation.Relu(), LEAKY, new Activation.Tanh(), SIGMOID)) {
      add(all, "VAE, hidden " + hidden, vae(hidden, LINEAR), mse(Reduction.MEAN, 0.7));
      add(all, "autoencoder of " + hidden, autoencoder(hidden, hidden), mse(Reduction.SUM, 0));
    }
    for (Activation hidden : List.of(SOFTMAX, HARD_SIGMOID)) {
      add(all, "VAE, hidden " + hidden, vae(hidden, hidden), mse(Reduction.SUM, 1.5));
    }
  }

  private static void reconstructions(List<GradientCase> all) {
    for (Reduction reduction : Reduction.values()) {
      for (Reconstruction loss :
          List.of(Reconstruction.MSE, Reconstruction.BCE, Reconstruction.L1)) {
        Objective objective = new Objective(loss, reduction, 0.7, reduction);
        addWeighted(
            all, "VAE, %s %s, weighted".formatted(loss, reduction), vae(LEAKY, SIGMOID), objective);
        add(
            all,
            "autoencoder, %s %s".formatted(loss, reduction),
            autoencoder(LEAKY, SIGMOID),
            objective);
      }
      Objective gaussian = new Objective(Reconstruction.GAUSSIAN, reduction, 0.7, reduction);
      add(all, "learned variance, " + reduction, learnedVariance(), gaussian);
      addWeighted(all, "learned variance, weighted, " + reduction, learnedVariance(), gaussian);
    }
  }

  private static void layers(List<GradientCase> all) {
    List<LayerSpec> encoder =
        List.of(
            dense(COLUMNS, 9, LINEAR),
            new Dropout(9, 0.2f),
            BatchNorm.keras(9, LEAKY),
            dense(9, 5, LINEAR),
            new Dropout(5, 0.5f),
            BatchNorm.keras(5, new Activation.Tanh()));
    List<LayerSpec> decoder =
        List.of(
            dense(LATENT, 9, LINEAR),
            BatchNorm.keras(9, LEAKY),
            dense(9, 9, SOFTMAX),
            BatchNorm.keras(9, LINEAR),
            new Dropout(9, 0.3f),
            dense(9, COLUMNS, LINEAR));
    NetworkSpec vae =
        new NetworkSpec.Vae(encoder, dense(5, LATENT, LINEAR), dense(5, LATENT, LINEAR), decoder);
    add(all, "VAE with batch normalisation and dropout", vae, mse(Reduction.SUM, 0.7));
    addWeighted(all, "the same, weighted", vae, mse(Reduction.MEAN, 0.7));
    List<LayerSpec> code = new ArrayList<>(encoder);
    code.add(dense(5, LATENT, LINEAR));
    NetworkSpec autoencoder = new NetworkSpec.Autoencoder(code, decoder);
    add(all, "autoencoder with both", autoencoder, mse(Reduction.MEAN, 0));
    NetworkSpec first =
        new NetworkSpec.Autoencoder(
            List.of(
                new Dropout(COLUMNS, 0.2f),
                BatchNorm.keras(COLUMNS, LEAKY),
                dense(COLUMNS, 2, SOFTMAX)),
            List.of(new Dropout(2, 0.1f), dense(2, COLUMNS, SIGMOID)));
    add(all, "dropout and batch normalisation first", first, mse(Reduction.SUM, 0));
    NetworkSpec shallow =
        new NetworkSpec.Vae(
            List.of(),
            dense(COLUMNS, LATENT, LINEAR),
            dense(COLUMNS, LATENT, LINEAR),
            List.of(dense(LATENT, COLUMNS, LINEAR)));
    addWeighted(all, "VAE without hidden layers", shallow, mse(Reduction.SUM, 1.5));
  }

  /// Rows of 4 steps of 3 columns; 17 units are one more than a panel has columns.
  private static void sequences(List<GradientCase> all) {
    int steps = 4;
    int columns = 3;
    List<LayerSpec> encoder = List.of(new Lstm(steps, columns, 5, false));
    List<LayerSpec> deep =
        List.of(
            new Lstm(steps, columns, 17, true),
            new Lstm(steps, 17, 6, true),
            new Lstm(steps, 6, 5, false));
    NetworkSpec denseDecoder =
        new NetworkSpec.Vae(
            encoder,
            dense(5, LATENT, LINEAR),
            dense(5, LATENT, LINEAR),
            List.of(dense(LATENT, 8, LEAKY), dense(8, steps * columns, SIGMOID)));
    add(all, "LSTM, dense decoder", denseDecoder, objective(Reduction.SUM, false, PRIOR, 1));
    for (Activation output : List.of(LINEAR, SIGMOID, SOFTMAX, HARD_SIGMOID)) {
      List<LayerSpec> decoder =
          List.of(
              new Repeat(steps, LATENT),
              new Lstm(steps, LATENT, 17, true),
              steps(steps, 17, columns, output));
      NetworkSpec vae =
          new NetworkSpec.Vae(deep, dense(5, LATENT, LINEAR), dense(5, LATENT, LINEAR), decoder);
      addWeighted(all, "LSTMs on both sides, " + output, vae, mse(Reduction.SUM, 0.7));
    }
    NetworkSpec variance =
        new NetworkSpec.Vae(
            encoder,
            dense(5, LATENT, LINEAR),
            dense(5, LATENT, LINEAR),
            List.of(
                new Repeat(steps, LATENT),
                new Lstm(steps, LATENT, 6, true),
                steps(steps, 6, columns, LINEAR)),
            Optional.of(steps(steps, 6, columns, LINEAR)));
    add(
        all,
        "LSTMs, learned variance",
        variance,
        new Objective(Reconstruction.GAUSSIAN, Reduction.SUM, 0.7, Reduction.SUM));
    NetworkSpec first =
        new NetworkSpec.Autoencoder(
            List.of(
                steps(steps, columns, 5, LEAKY),
                new Dropout(steps * 5, 0.2f),
                new Lstm(steps, 5, 2, false)),
            List.of(
                new Repeat(steps, 2),
                BatchNorm.keras(steps * 2, LEAKY),
                steps(steps, 2, columns, SIGMOID)));
    add(all, "a dense layer for every step first", first, mse(Reduction.MEAN, 0));
  }

  private static StepDense steps(int steps, int inputs, int outputs, Activation activation) {
    return new StepDense(steps, inputs, outputs, activation, Initializer.GLOROT_UNIFORM);
  }

  private static void latents(List<GradientCase> all) {
    NetworkSpec vae = vae(LEAKY, SIGMOID);
    for (Reduction reduction : Reduction.values()) {
      addWeighted(
          all,
          "KL divergence weighted, " + reduction,
          vae,
          objective(reduction, true, Prior.STANDARD, 1));
      add(all, "prior, " + reduction, vae, objective(reduction, false, PRIOR, 1));
    }
    add(all, "three samples", vae, objective(Reduction.SUM, false, Prior.STANDARD, 3));
    addWeighted(
        all, "two samples, prior, all weighted", vae, objective(Reduction.SUM, true, PRIOR, 2));
  }

  private static void classifiers(List<GradientCase> all) {
    for (Input input : Input.values()) {
      for (Activation head : List.of(SIGMOID, HARD_SIGMOID)) {
        for (boolean detach : new boolean[] {false, true}) {
          String name = "classifier of %s, %s%s".formatted(input, head, detach ? ", detached" : "");
          NetworkSpec spec =
              classified(vae(LEAKY, LINEAR), input, new Activation.Relu(), head, detach);
          Objective own = objective(Reconstruction.MSE, Reduction.MEAN, Prior.STANDARD, 1, false);
          add(all, name, spec, own);
        }
      }
    }
    NetworkSpec softmax =
        classified(vae(LEAKY, LINEAR), Input.LOSSES, SOFTMAX, HARD_SIGMOID, false);
    add(
        all,
        "two streams",
        softmax,
        objective(Reconstruction.MSE, Reduction.MEAN, Prior.STANDARD, 1, true));
    addWeighted(
        all,
        "two streams of two samples, prior",
        softmax,
        objective(Reconstruction.MSE, Reduction.SUM, PRIOR, 2, true));
    NetworkSpec probabilities =
        classified(vae(LEAKY, SIGMOID), Input.LOSSES, SOFTMAX, SIGMOID, false);
    addWeighted(
        all,
        "classifier of cross-entropies, weighted",
        probabilities,
        objective(Reconstruction.BCE, Reduction.MEAN, Prior.STANDARD, 1, false));
    NetworkSpec variance = classified(learnedVariance(), Input.LOSSES, LEAKY, SIGMOID, false);
    addWeighted(
        all,
        "learned variance, classifier, two streams of two samples, prior",
        variance,
        objective(Reconstruction.GAUSSIAN, Reduction.MEAN, PRIOR, 2, true));
    Classifier norm =
        new Classifier(
            Input.LATENT,
            List.of(
                dense(LATENT, 5, LINEAR),
                BatchNorm.keras(5, LEAKY),
                new Dropout(5, 0.2f),
                dense(5, 1, SIGMOID)),
            false);
    add(
        all,
        "classifier with batch normalisation and dropout",
        new NetworkSpec.Classified(vae(LEAKY, LINEAR), norm),
        objective(Reconstruction.MSE, Reduction.MEAN, Prior.STANDARD, 1, false));
  }

  private static void add(
      List<GradientCase> all, String name, NetworkSpec spec, Objective objective) {
    all.add(new GradientCase(name, spec, objective, false));
  }

  private static void addWeighted(
      List<GradientCase> all, String name, NetworkSpec spec, Objective objective) {
    all.add(new GradientCase(name, spec, objective, true));
  }

  private static Objective mse(Reduction reduction, double beta) {
    return new Objective(Reconstruction.MSE, reduction, beta, reduction);
  }

  private static Objective objective(
      Reduction reduction, boolean klWeighted, Prior prior, int samples) {
    return new Objective(
        Reconstruction.BCE,
        reduction,
        3,
        0.7,
        reduction,
        klWeighted,
        prior,
        samples,
        Optional.empty());
  }

  private static Objective objective(
      Reconstruction loss, Reduction reduction, Prior prior, int samples, boolean twoStreams) {
    Classification classification = new Classification(2, twoStreams);
    return new Objective(
        loss, reduction, 0.5, 0.3, reduction, true, prior, samples, Optional.of(classification));
  }

  private static Dense dense(int inputs, int outputs, Activation activation) {
    return Toys.dense(inputs, outputs, activation);
  }

  private static NetworkSpec.Vae vae(Activation hidden, Activation output) {
    return new NetworkSpec.Vae(
        List.of(dense(COLUMNS, 18, hidden), dense(18, 5, hidden)),
        dense(5, LATENT, LINEAR),
        dense(5, LATENT, LINEAR),
        List.of(dense(LATENT, 5, hidden), dense(5, 18, hidden), dense(18, COLUMNS, output)));
  }

  private static NetworkSpec.Vae learnedVariance() {
    NetworkSpec.Vae vae = vae(LEAKY, LINEAR);
    Optional<LayerSpec.Affine> head = Optional.of(dense(18, COLUMNS, LINEAR));
    return new NetworkSpec.Vae(vae.encoder(), vae.mean(), vae.logVariance(), vae.decoder(), head);
  }

  private static NetworkSpec autoencoder(Activation hidden, Activation output) {
    return new NetworkSpec.Autoencoder(
        List.of(dense(COLUMNS, 9, hidden), dense(9, 2, LINEAR)),
        List.of(dense(2, 9, hidden), dense(9, COLUMNS, output)));
  }

  private static NetworkSpec classified(
      NetworkSpec.Vae vae, Input input, Activation hidden, Activation head, boolean detach) {
    List<LayerSpec> layers = List.of(dense(input.columns(vae), 6, hidden), dense(6, 1, head));
    return new NetworkSpec.Classified(vae, new Classifier(input, layers, detach));
  }
}
