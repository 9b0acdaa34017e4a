package io.weir.trainer.command;

import io.weir.schemas.card.FeaturePreprocessing.Scaling;
import io.weir.trainer.config.ActivationNames;
import io.weir.trainer.config.ConfigException;
import io.weir.trainer.config.NetworkKind;
import io.weir.trainer.config.Preset;
import io.weir.trainer.config.Recipe;
import io.weir.trainer.config.Shape;
import io.weir.trainer.config.Width;
import io.weir.trainer.config.Widths;
import io.weir.trainer.engine.layer.Activation;
import io.weir.trainer.engine.layer.Initializer;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.loss.Reconstruction;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The flags that choose a preset and change it. A field is null where its flag is not given.
final class NetworkOptions {
  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description = {
        "The recipe that every other setting starts from, by name or model ID: weir presets lists"
            + " them (default: "
            + Preset.DEFAULT
            + ").",
        "What the flags below do not say is as the preset has it."
      })
  private String preset;

  @Option(names = "--kind", paramLabel = "KIND", description = "vae or autoencoder.")
  private NetworkKind kind;

  @Option(
      names = "--layers",
      paramLabel = "WIDTHS",
      split = ",",
      description = {
        "Widths of the hidden layers: numbers, or shares of the network's inputs o, such as"
            + " 2o,o/2.",
        "Most presets take the encoder's, mirrored in the decoder; weir presets NAME tells."
      })
  private List<String> layers;

  @Option(
      names = "--depth",
      paramLabel = "N",
      description =
          "Instead of --layers: N layers from the inputs to the latent, narrowing evenly; 1 has no"
              + " hidden layer.")
  private Integer depth;

  @Option(names = "--latent", paramLabel = "N", description = "Columns of the latent.")
  private String latent;

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      description =
          "Of the hidden layers: linear, relu, leaky_relu, leaky_relu(0.1), tanh, sigmoid,"
              + " hard_sigmoid, softmax.")
  private String activation;

  @Option(
      names = "--batch-norm",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "Batch normalisation in every hidden layer.")
  private Boolean batchNorm;

  @Option(
      names = "--dropout",
      paramLabel = "RATE",
      description = "In the encoder's hidden layers, from 0 to below 1.")
  private Double dropout;

  @Option(
      names = "--output-activation",
      paramLabel = "NAME",
      description = "Of the last layer; sigmoid with --loss bce.")
  private String outputActivation;

  @Option(
      names = "--initializer",
      paramLabel = "NAME",
      description = "glorot_uniform, he_normal or fan_in_uniform.")
  private Initializer initializer;

  @Mixin private LossOptions loss;
  @Mixin private ClassifierOptions classifier;
  @Mixin private ScheduleOptions schedule;

  /// The preset that everything starts from.
  Preset preset() {
    return Preset.labelled(preset == null ? Preset.DEFAULT : preset);
  }

  /// The preset with everything that was given in its place.
  ///
  /// @param scaling the scaling of all features that was asked for, null without one
  Recipe recipe(Scaling scaling) {
    Recipe base = preset().recipe();
    Objective objective =
        loss.objective(
            base.objective(), classifier.classification(base.objective().classification()));
    boolean bce = objective.reconstruction() == Reconstruction.BCE;
    Shape shape = shape(base.shape(), bce);
    if (bce) {
      requireUnitInterval(shape.outputActivation(), scaling);
    }
    return new Recipe(
        shape,
        objective,
        schedule.schedule(base.schedule()),
        or(scaling, bce ? Scaling.MIN_MAX : base.scaling()));
  }

  private Shape shape(Shape base, boolean bce) {
    Activation output = bce ? new Activation.Sigmoid() : base.outputActivation();
    Shape.Hidden hidden = base.hidden();
    return new Shape(
        or(kind, base.kind()),
        base.layout(),
        widths(base.widths()),
        latent == null ? base.latent() : latent(),
        new Shape.Hidden(
            or(dropout, hidden.dropout()),
            or(batchNorm, hidden.batchNorm()),
            activation == null ? hidden.activation() : ActivationNames.parse(activation)),
        outputActivation == null ? output : ActivationNames.parse(outputActivation),
        or(initializer, base.initializer()),
        classifier.head(base.head()));
  }

  private Widths widths(Widths base) {
    if (layers != null && depth != null) {
      throw new ConfigException("--layers and --depth exclude each other: leave one out");
    }
    if (depth != null) {
      return new Widths.Falling(depth);
    }
    if (layers == null) {
      return base;
    }
    String listed = String.join(",", layers);
    try {
      return Widths.parse(listed);
    } catch (ConfigException e) {
      throw new ConfigException("--layers %s: %s".formatted(listed, e.getMessage()));
    }
  }

  private Width latent() {
    try {
      return Width.parse(latent);
    } catch (ConfigException e) {
      throw new ConfigException("--latent %s: %s".formatted(latent, e.getMessage()));
    }
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
