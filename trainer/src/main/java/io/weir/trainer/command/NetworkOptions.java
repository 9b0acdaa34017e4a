package io.weir.trainer.command;

import io.weir.schemas.card.FeaturePreprocessing.Scaling;
import io.weir.trainer.config.ActivationNames;
import io.weir.trainer.config.ConfigException;
import io.weir.trainer.config.Preset;
import io.weir.trainer.config.Recipe;
import io.weir.trainer.config.Recurrence;
import io.weir.trainer.config.Schedule;
import io.weir.trainer.config.Shape;
import io.weir.trainer.config.Variant;
import io.weir.trainer.config.Width;
import io.weir.trainer.config.Widths;
import io.weir.trainer.engine.layer.Activation;
import io.weir.trainer.engine.layer.Initializer;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.loss.Reconstruction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The flags that change a [Variant]. A field is null where its flag is not given.
final class NetworkOptions {
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

  @Option(
      names = "--lstm",
      paramLabel = "UNITS",
      split = ",",
      description = {
        "LSTMs that read the steps of a row, such as 64 or 64,32: the encoder's first layers.",
        "The steps are the events of a window, see --steps, or those of --row-steps."
      })
  private List<Integer> lstm;

  @Option(
      names = "--decoder",
      paramLabel = "KIND",
      description =
          "Of a network with LSTMs: dense gives all steps at once, lstm has the encoder's LSTMs in"
              + " reverse.")
  private Recurrence.Decoder decoder;

  @Option(
      names = "--row-steps",
      paramLabel = "N",
      description =
          "With LSTMs: every row is a sequence of N steps by itself, its columns in the order of"
              + " the steps.")
  private Integer rowSteps;

  @Mixin private LossOptions loss;
  @Mixin private ClassifierOptions classifier;
  @Mixin private ScheduleOptions schedule;

  /// The variant with everything that was given in its place.
  ///
  /// @param scaling the scaling of all features that was asked for, null without one
  Recipe recipe(Variant variant, Scaling scaling) {
    Recipe base = variant.preset().recipe();
    Objective objective =
        loss.objective(
            base.objective(),
            variant.beta(),
            classifier.classification(base.objective().classification()));
    boolean bce = objective.reconstruction() == Reconstruction.BCE;
    Shape shape = shape(base.shape(), variant, bce);
    if (bce) {
      requireUnitInterval(shape.outputActivation(), scaling);
    }
    return new Recipe(
        shape,
        objective,
        schedule.schedule(base.schedule()),
        or(scaling, bce ? Scaling.MIN_MAX : base.scaling()));
  }

  /// The loss of a published model with everything that was given in its place.
  ///
  /// @param beta null where it was not given
  Objective objective(Objective base, Double beta) {
    return loss.objective(base, beta, classifier.classification(base.classification()));
  }

  /// The schedule of a published model with everything that was given in its place.
  Schedule schedule(Schedule base) {
    return schedule.schedule(base);
  }

  /// The given flags that only a new network can follow.
  ///
  /// @param given flags and their values, null where not given
  List<String> ofNewNetworks(Map<String, Object> given) {
    given.put("--layers", layers);
    given.put("--activation", activation);
    given.put("--batch-norm", batchNorm);
    given.put("--dropout", dropout);
    given.put("--output-activation", outputActivation);
    given.put("--initializer", initializer);
    given.put("--lstm", lstm);
    given.put("--decoder", decoder);
    given.put("--row-steps", rowSteps);
    classifier.ofNewNetworks(given);
    return given.entrySet().stream()
        .filter(flag -> flag.getValue() != null)
        .map(Map.Entry::getKey)
        .toList();
  }

  private Shape shape(Shape base, Variant variant, boolean bce) {
    Activation output = bce ? new Activation.Sigmoid() : base.outputActivation();
    Shape.Hidden hidden = base.hidden();
    return new Shape(
        variant.kind(),
        base.layout(),
        widths(base.widths(), variant.depth()),
        variant.latent() == null ? base.latent() : latent(variant.latent()),
        new Shape.Hidden(
            or(dropout, hidden.dropout()),
            or(batchNorm, hidden.batchNorm()),
            activation == null ? hidden.activation() : ActivationNames.parse(activation)),
        outputActivation == null ? output : ActivationNames.parse(outputActivation),
        or(initializer, base.initializer()),
        classifier.head(base.head()),
        recurrence(base.recurrence()));
  }

  private Optional<Recurrence> recurrence(Optional<Recurrence> base) {
    if (lstm == null && base.isEmpty()) {
      if (decoder != null || rowSteps != null) {
        throw new ConfigException(
            "%s is for networks with LSTMs: give --lstm UNITS, or a preset that has one, such as %s"
                .formatted(
                    decoder != null ? "--decoder " + Words.of(decoder) : "--row-steps " + rowSteps,
                    Preset.LSTM.label()));
      }
      return base;
    }
    Recurrence otherwise = base.orElse(new Recurrence(List.of(1), Recurrence.Decoder.DENSE, 0));
    return Optional.of(
        new Recurrence(
            or(lstm, otherwise.units()),
            or(decoder, otherwise.decoder()),
            or(rowSteps, otherwise.rowSteps())));
  }

  private Widths widths(Widths base, Integer depth) {
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

  private static Width latent(String latent) {
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
