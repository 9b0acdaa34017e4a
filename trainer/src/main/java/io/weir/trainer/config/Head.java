package io.weir.trainer.config;

import io.weir.trainer.engine.layer.Activation;
import io.weir.trainer.engine.layer.Initializer;
import io.weir.trainer.engine.layer.LayerSpec;
import io.weir.trainer.engine.layer.LayerSpec.Dense;
import io.weir.trainer.engine.network.NetworkSpec;
import io.weir.trainer.engine.network.NetworkSpec.Classifier;
import java.util.ArrayList;
import java.util.List;

/// A classifier on top of a VAE that waits for the widths of the VAE.
///
/// @param input what it is given
/// @param layers widths of its hidden layers
/// @param activation of its hidden layers
/// @param outputActivation of its one output: sigmoid or hard sigmoid
/// @param detach whether its loss leaves the VAE alone
public record Head(
    Classifier.Input input,
    List<Integer> layers,
    Activation activation,
    Activation outputActivation,
    boolean detach) {
  public Head {
    layers = List.copyOf(layers);
    if (layers.stream().anyMatch(width -> width < 1)) {
      throw new ConfigException(
          "--classifier-layers %s: every width must be at least 1".formatted(layers));
    }
    if (!(outputActivation instanceof Activation.Sigmoid
        || outputActivation instanceof Activation.HardSigmoid)) {
      throw new ConfigException(
          "--head-activation: a classifier ends in sigmoid or hard_sigmoid, not in %s"
              .formatted(ActivationNames.of(outputActivation)));
    }
  }

  Classifier on(NetworkSpec.Vae vae, Initializer initializer) {
    List<LayerSpec> dense = new ArrayList<>();
    int columns = input.columns(vae);
    for (int width : layers) {
      dense.add(new Dense(columns, width, activation, initializer));
      columns = width;
    }
    dense.add(new Dense(columns, 1, outputActivation, initializer));
    return new Classifier(input, dense, detach);
  }
}
