package io.weir.trainer.publish;

import io.weir.schemas.card.ModelCard;
import io.weir.schemas.card.ModelCard.Architecture;
import io.weir.schemas.card.ModelCard.Layer;
import io.weir.schemas.card.ModelCard.LossTerms;
import io.weir.schemas.card.ModelCard.Training;
import io.weir.trainer.config.ActivationNames;
import io.weir.trainer.config.ConfigException;
import io.weir.trainer.engine.layer.Activation;
import io.weir.trainer.engine.layer.Initializer;
import io.weir.trainer.engine.layer.LayerSpec;
import io.weir.trainer.engine.layer.LayerSpec.Affine;
import io.weir.trainer.engine.layer.LayerSpec.BatchNorm;
import io.weir.trainer.engine.layer.LayerSpec.Dense;
import io.weir.trainer.engine.layer.LayerSpec.Dropout;
import io.weir.trainer.engine.layer.LayerSpec.Lstm;
import io.weir.trainer.engine.layer.LayerSpec.Repeat;
import io.weir.trainer.engine.layer.LayerSpec.StepDense;
import io.weir.trainer.engine.network.NetworkSpec;
import io.weir.trainer.engine.network.NetworkSpec.Autoencoder;
import io.weir.trainer.engine.network.NetworkSpec.Classified;
import io.weir.trainer.engine.network.NetworkSpec.Classifier;
import io.weir.trainer.engine.network.NetworkSpec.Vae;
import io.weir.trainer.engine.network.Prior;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.loss.Objective.Classification;
import io.weir.trainer.fit.loss.Reconstruction;
import io.weir.trainer.fit.loss.Reduction;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Network and loss as a card describes them: the other direction of [CardWriter].
///
/// Every method throws IllegalArgumentException where the card does not describe one.
final class CardNetwork {
  private final Architecture architecture;

  private CardNetwork(Architecture architecture) {
    this.architecture = architecture;
  }

  static NetworkSpec network(Architecture architecture) {
    CardNetwork card = new CardNetwork(architecture);
    return switch (architecture.kind()) {
      case "autoencoder" -> new Autoencoder(card.stack("encoder_"), card.stack("decoder_"));
      case "vae" -> card.vae();
      case "vae_classifier" -> new Classified(card.vae(), card.classifier());
      case String kind ->
          throw new IllegalArgumentException("its card speaks of a network of kind " + kind);
    };
  }

  static Objective objective(ModelCard card) {
    Training training = card.training();
    LossTerms terms = training.terms();
    return new Objective(
        choice(Reconstruction.class, training.reconstructionLoss()),
        choice(Reduction.class, training.reconstructionReduction()),
        terms.reconstructionWeight(),
        training.beta(),
        choice(Reduction.class, training.klReduction()),
        terms.klWeighted(),
        new Prior(terms.priorMeans(), terms.priorDeviations()),
        terms.samples(),
        Optional.ofNullable(terms.classifierWeight())
            .map(weight -> new Classification(weight, terms.twoStreams())));
  }

  private Vae vae() {
    return new Vae(
        stack("encoder_"),
        dense("latent_mean").orElseThrow(() -> missing("latent_mean")),
        dense("latent_log_variance").orElseThrow(() -> missing("latent_log_variance")),
        stack("decoder_"),
        affine("output_log_variance"));
  }

  private Classifier classifier() {
    ModelCard.Classifier head = architecture.classifier();
    if (head == null) {
      throw new IllegalArgumentException("its card does not say what its classifier is given");
    }
    return new Classifier(
        choice(Classifier.Input.class, head.input()), stack("classifier_"), head.detach());
  }

  private List<LayerSpec> stack(String prefix) {
    return architecture.layers().stream()
        .filter(layer -> layer.name().startsWith(prefix))
        .map(CardNetwork::layer)
        .toList();
  }

  private Optional<Dense> dense(String name) {
    return affine(name)
        .map(
            layer ->
                switch (layer) {
                  case Dense dense -> dense;
                  case StepDense _ -> throw missing(name);
                });
  }

  private Optional<Affine> affine(String name) {
    return architecture.layers().stream()
        .filter(layer -> layer.name().equals(name))
        .map(CardNetwork::layer)
        .map(
            layer ->
                switch (layer) {
                  case Affine affine -> affine;
                  case BatchNorm _, Dropout _, Lstm _, Repeat _ -> throw missing(name);
                })
        .findFirst();
  }

  private static IllegalArgumentException missing(String name) {
    return new IllegalArgumentException("its card has no dense layer `%s`".formatted(name));
  }

  /// The initializer does not matter any more.
  private static LayerSpec layer(Layer layer) {
    Activation activation;
    try {
      activation = ActivationNames.parse(layer.activation());
    } catch (ConfigException e) {
      throw new IllegalArgumentException(
          "its layer `%s`: %s".formatted(layer.name(), e.getMessage()), e);
    }
    return switch (layer.kind()) {
      case "dense" ->
          new Dense(layer.inputs(), layer.outputs(), activation, Initializer.GLOROT_UNIFORM);
      case "batch_norm" ->
          new BatchNorm(
              layer.outputs(),
              activation,
              told(layer, "momentum", layer.momentum()),
              told(layer, "epsilon", layer.epsilon()));
      case "step_dense" -> {
        int steps = steps(layer);
        yield new StepDense(
            steps,
            layer.inputs() / steps,
            layer.outputs() / steps,
            activation,
            Initializer.GLOROT_UNIFORM);
      }
      case "lstm" -> {
        int steps = steps(layer);
        boolean sequence = told(layer, "sequence", layer.sequence());
        int units = sequence ? layer.outputs() / steps : layer.outputs();
        yield new Lstm(steps, layer.inputs() / steps, units, sequence);
      }
      case "repeat" -> new Repeat(steps(layer), layer.inputs());
      case "dropout" -> new Dropout(layer.outputs(), told(layer, "rate", layer.rate()));
      case String kind ->
          throw new IllegalArgumentException(
              "its layer `%s` is of the unknown kind %s".formatted(layer.name(), kind));
    };
  }

  /// Those of a layer whose inputs they divide.
  private static int steps(Layer layer) {
    int steps = told(layer, "steps", layer.steps());
    if (steps < 1
        || (!layer.kind().equals("repeat") && layer.inputs() % steps != 0)
        || (layer.outputs() % steps != 0 && !Boolean.FALSE.equals(layer.sequence()))) {
      throw new IllegalArgumentException(
          "its layer `%s` of %d inputs and %d outputs cannot have %d steps"
              .formatted(layer.name(), layer.inputs(), layer.outputs(), steps));
    }
    return steps;
  }

  private static <T> T told(Layer layer, String what, T value) {
    if (value == null) {
      throw new IllegalArgumentException(
          "its card does not tell the %s of layer `%s`".formatted(what, layer.name()));
    }
    return value;
  }

  static <E extends Enum<E>> E choice(Class<E> type, String word) {
    try {
      return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "its card says `%s`, which is no %s".formatted(word, type.getSimpleName()), e);
    }
  }
}
