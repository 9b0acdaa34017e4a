package io.weir.trainer.command;

import io.weir.schemas.card.FeaturePreprocessing.Scaling;
import io.weir.trainer.config.ActivationNames;
import io.weir.trainer.config.ConfigException;
import io.weir.trainer.config.NetworkKind;
import io.weir.trainer.config.Preset;
import io.weir.trainer.config.Recipe;
import io.weir.trainer.config.Schedule;
import io.weir.trainer.config.Shape;
import io.weir.trainer.engine.layer.Activation;
import io.weir.trainer.engine.layer.Initializer;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.loss.Reconstruction;
import io.weir.trainer.fit.loss.Reduction;
import java.util.List;
import picocli.CommandLine.Option;

/// The flags that change a preset. A field is null where its flag is not given.
final class NetworkOptions {
  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description =
          "The recipe that every other setting starts from: dense, ml4anomalies-extended,"
              + " ml4anomalies or model3 (default: ${DEFAULT-VALUE}).",
      defaultValue = "dense")
  String preset;

  @Option(names = "--kind", paramLabel = "KIND", description = "vae (default) or autoencoder.")
  NetworkKind kind;

  @Option(
      names = "--layers",
      paramLabel = "WIDTHS",
      split = ",",
      description = {
        "Widths of the hidden layers.",
        "dense, model3: the encoder's, any number, mirrored in the decoder (64,32; 128,64,32).",
        "ml4anomalies-extended: i,n,h for i-n-n-n-h (20,10,7).",
        "ml4anomalies: i,h for i-o-o-o-h, o inputs (2o,14)."
      })
  List<Integer> layers;

  @Option(
      names = "--latent",
      paramLabel = "N",
      description = "Columns of the latent (by preset: 8, 3, 7, 4).")
  Integer latent;

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      description =
          "Of the hidden layers: linear, relu, leaky_relu, leaky_relu(0.1), tanh, sigmoid"
              + " (by preset: tanh, the others leaky_relu(0.3)).")
  String activation;

  @Option(
      names = "--output-activation",
      paramLabel = "NAME",
      description = "Of the last layer (by preset; sigmoid with --loss bce).")
  String outputActivation;

  @Option(
      names = "--initializer",
      paramLabel = "NAME",
      description = "glorot_uniform, he_normal or fan_in_uniform (by preset).")
  Initializer initializer;

  @Option(
      names = "--loss",
      paramLabel = "NAME",
      description =
          "Reconstruction loss: mse (default), l1, or bce, which needs inputs in [0, 1] and"
              + " therefore scales by min_max.")
  Reconstruction loss;

  @Option(
      names = "--reduction",
      paramLabel = "HOW",
      description = "Reconstruction loss over a row's outputs: mean or sum (by preset).")
  Reduction reduction;

  @Option(
      names = "--beta",
      paramLabel = "B",
      description =
          "Weight of the KL divergence, in the loss and in the score (by preset: 0.3, 1e-6, 1e-6,"
              + " 1e-8).")
  Double beta;

  @Option(
      names = "--kl-reduction",
      paramLabel = "HOW",
      description = "KL divergence over a row's latents: mean or sum (by preset).")
  Reduction klReduction;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Passes over the training rows (by preset: 100, 50, 100, 50).")
  Integer epochs;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Rows per step (by preset: 128, 32, 32, 32).")
  Integer batch;

  @Option(
      names = "--learning-rate",
      paramLabel = "R",
      description = "Adam's step size (by preset: 1e-3, 5e-4, 5e-4, 5e-4).")
  Double learningRate;

  /// The preset with everything that was given in its place.
  ///
  /// @param scaling the scaling of all features that was asked for, null without one
  Recipe recipe(Scaling scaling) {
    Recipe base = Preset.labelled(preset).recipe();
    Objective objective = objective(base.objective());
    boolean bce = objective.reconstruction() == Reconstruction.BCE;
    Shape shape = shape(base.shape(), bce);
    if (bce) {
      requireUnitInterval(shape.outputActivation(), scaling);
    }
    Schedule schedule =
        new Schedule(
            or(learningRate, base.schedule().learningRate()),
            or(batch, base.schedule().batch()),
            or(epochs, base.schedule().epochs()));
    return new Recipe(
        shape, objective, schedule, or(scaling, bce ? Scaling.MIN_MAX : base.scaling()));
  }

  private Shape shape(Shape base, boolean bce) {
    Activation output = bce ? new Activation.Sigmoid() : base.outputActivation();
    return new Shape(
        or(kind, base.kind()),
        base.layout(),
        or(layers, base.layers()),
        or(latent, base.latent()),
        activation == null ? base.activation() : ActivationNames.parse(activation),
        outputActivation == null ? output : ActivationNames.parse(outputActivation),
        or(initializer, base.initializer()));
  }

  private Objective objective(Objective base) {
    if (beta != null && !(beta >= 0 && Double.isFinite(beta))) {
      throw new ConfigException("--beta %s: must be at least 0 and finite".formatted(beta));
    }
    return new Objective(
        or(loss, base.reconstruction()),
        or(reduction, base.reconstructionReduction()),
        or(beta, base.beta()),
        or(klReduction, base.klReduction()));
  }

  private static void requireUnitInterval(Activation output, Scaling scaling) {
    if (!(output instanceof Activation.Sigmoid)) {
      throw new ConfigException(
          "--loss bce needs outputs between 0 and 1: leave --output-activation out, or give"
              + " sigmoid");
    }
    if (scaling != null && scaling != Scaling.MIN_MAX) {
      throw new ConfigException(
          "--loss bce needs inputs between 0 and 1: leave --scale out, or give min_max");
    }
  }

  private static <T> T or(T given, T otherwise) {
    return given == null ? otherwise : given;
  }
}
