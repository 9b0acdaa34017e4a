package io.weir.trainer.command;

import io.weir.trainer.config.ActivationNames;
import io.weir.trainer.config.ConfigException;
import io.weir.trainer.config.Head;
import io.weir.trainer.engine.layer.Activation;
import io.weir.trainer.engine.network.NetworkSpec.Classifier;
import io.weir.trainer.fit.loss.Objective.Classification;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/// The flags of the classifier on top of a VAE. A field is null where its flag is not given.
final class ClassifierOptions {
  /// For a VAE whose preset has none: unlike the hard sigmoid of the published ones, a sigmoid
  /// never stops to learn.
  private static final Head PLAIN =
      new Head(
          Classifier.Input.LATENT,
          List.of(10),
          new Activation.Relu(),
          new Activation.Sigmoid(),
          false);

  @Option(
      names = "--classifier-input",
      paramLabel = "WHAT",
      description = {
        "Puts a classifier on the vae, which learns from the labels of rows of both kinds; the"
            + " score is its probability. What it is given:",
        "latent, reconstruction_loss, losses (that and the KL divergence) or inputs."
      })
  private Classifier.Input input;

  @Option(
      names = "--classifier-layers",
      paramLabel = "WIDTHS",
      split = ",",
      description = "Widths of its hidden layers (10).")
  private List<Integer> layers;

  @Option(
      names = "--classifier-activation",
      paramLabel = "NAME",
      description = "Of its hidden layers (relu).")
  private String activation;

  @Option(
      names = "--head-activation",
      paramLabel = "NAME",
      description =
          "Of its output: sigmoid or hard_sigmoid, which stops learning where it is flat.")
  private String headActivation;

  @Option(
      names = "--classifier-weight",
      paramLabel = "W",
      description = "Weight of its binary cross-entropy in the loss (1).")
  private Double weight;

  @Option(
      names = "--detach",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "Its loss does not train the vae.")
  private Boolean detach;

  @Option(
      names = "--two-streams",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "The vae learns from normal rows only, the classifier from rows of both kinds.")
  private Boolean twoStreams;

  /// The classifier with everything that was given in its place.
  ///
  /// @param base the preset's
  Optional<Head> head(Optional<Head> base) {
    if (base.isEmpty() && input == null) {
      requireNone();
      return base;
    }
    Head preset = base.orElse(PLAIN);
    return Optional.of(
        new Head(
            or(input, preset.input()),
            or(layers, preset.layers()),
            activation == null ? preset.activation() : ActivationNames.parse(activation),
            headActivation == null
                ? preset.outputActivation()
                : ActivationNames.parse(headActivation),
            or(detach, preset.detach())));
  }

  /// The classifier's part of the loss; empty without one.
  Optional<Classification> classification(Optional<Classification> base) {
    if (base.isEmpty() && input == null) {
      requireNone();
      return base;
    }
    Classification preset = base.orElse(new Classification(1, false));
    if (weight != null && !(weight > 0 && Double.isFinite(weight))) {
      throw new ConfigException(
          "--classifier-weight %s: must be above 0 and finite".formatted(weight));
    }
    return Optional.of(
        new Classification(or(weight, preset.weight()), or(twoStreams, preset.twoStreams())));
  }

  /// Adds the flags that only a new network can follow.
  void ofNewNetworks(Map<String, Object> given) {
    given.put("--classifier-input", input);
    given.put("--classifier-layers", layers);
    given.put("--classifier-activation", activation);
    given.put("--head-activation", headActivation);
    given.put("--detach", detach);
  }

  private void requireNone() {
    if (Stream.of(layers, activation, headActivation, weight, detach, twoStreams)
        .anyMatch(given -> given != null)) {
      throw new ConfigException(
          "There is no classifier that these flags could change: choose a preset with one (weir"
              + " presets), or give --classifier-input");
    }
  }

  private static <T> T or(T given, T otherwise) {
    return given == null ? otherwise : given;
  }
}
