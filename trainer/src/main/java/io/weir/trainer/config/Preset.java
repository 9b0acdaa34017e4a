package io.weir.trainer.config;

import io.weir.schemas.card.FeaturePreprocessing.Scaling;
import io.weir.trainer.engine.layer.Activation;
import io.weir.trainer.engine.layer.Initializer;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.loss.Reconstruction;
import io.weir.trainer.fit.loss.Reduction;
import java.util.Arrays;
import java.util.List;

/// A named [Recipe]: what a network looks like and how it is trained wherever nothing else is asked
/// for. Those named after ML4Anomalies, a search for new physics at CERN, keep its layers,
/// activations, initializers, loss weights, batch size and learning rate.
public enum Preset {
  /// For data without a recipe: inputs-64-32-8-32-64-inputs on standardised features; the loss is
  /// the sum of squares + 0.3 KL divergence. Tanh, because it bounds the latent's log-variance:
  /// with unbounded activations the extreme values of long-tailed features make the loss overflow.
  DENSE(
      "dense",
      new Recipe(
          vae(
              Layout.MIRRORED,
              8,
              new Activation.Tanh(),
              new Activation.Linear(),
              Initializer.GLOROT_UNIFORM),
          new Objective(Reconstruction.MSE, Reduction.SUM, 0.3, Reduction.SUM),
          new Schedule(1e-3, 128, 100),
          Scaling.STANDARD)),

  /// ML4Anomalies' `VAE_model_extended`; widths 20,10,7 and latent 3 were its best.
  ML4ANOMALIES_EXTENDED(
      "ml4anomalies-extended",
      new Recipe(
          vae(Layout.EXTENDED, 3, leakyRelu(), leakyRelu(), Initializer.GLOROT_UNIFORM),
          new Objective(Reconstruction.MSE, Reduction.MEAN, 1e-6, Reduction.MEAN),
          new Schedule(5e-4, 32, 50),
          Scaling.MIN_MAX)),

  /// ML4Anomalies' `VAE_model`, with the widths of its students' course.
  ML4ANOMALIES(
      "ml4anomalies",
      new Recipe(
          vae(Layout.AS_WIDE_AS_DATA, 7, leakyRelu(), leakyRelu(), Initializer.GLOROT_UNIFORM),
          new Objective(Reconstruction.MSE, Reduction.MEAN, 1e-6, Reduction.MEAN),
          new Schedule(5e-4, 32, 100),
          Scaling.MIN_MAX)),

  /// ML4Anomalies' `VAE_model3`: He initialisation throughout, linear output.
  MODEL3(
      "model3",
      new Recipe(
          vae(
              Layout.LATENT_THEN_MIRRORED,
              4,
              leakyRelu(),
              new Activation.Linear(),
              Initializer.HE_NORMAL),
          new Objective(Reconstruction.MSE, Reduction.MEAN, 1e-8, Reduction.MEAN),
          new Schedule(5e-4, 32, 50),
          Scaling.MIN_MAX));

  private final String label;
  private final Recipe recipe;

  Preset(String label, Recipe recipe) {
    this.label = label;
    this.recipe = recipe;
  }

  /// The name that commands and cards use.
  public String label() {
    return label;
  }

  /// The settings, before anything is overridden.
  public Recipe recipe() {
    return recipe;
  }

  /// The names of all presets.
  public static List<String> labels() {
    return Arrays.stream(values()).map(Preset::label).toList();
  }

  /// The preset of this name.
  ///
  /// @throws ConfigException naming the nearest preset when there is none
  public static Preset labelled(String label) {
    int at = labels().indexOf(label);
    if (at < 0) {
      throw new ConfigException(
          "Preset \"%s\" is unknown%s Presets: %s"
              .formatted(label, Nearest.hint(label, labels()), String.join(", ", labels())));
    }
    return values()[at];
  }

  private static Shape vae(
      Layout layout,
      int latent,
      Activation activation,
      Activation outputActivation,
      Initializer initializer) {
    return new Shape(
        NetworkKind.VAE, layout, List.of(), latent, activation, outputActivation, initializer);
  }

  /// LeakyReLU with Keras' slope.
  private static Activation leakyRelu() {
    return new Activation.LeakyRelu(0.3f);
  }
}
