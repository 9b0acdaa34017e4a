package io.weir.trainer.config;

import io.weir.trainer.engine.layer.Activation;
import io.weir.trainer.engine.layer.Initializer;
import io.weir.trainer.engine.layer.LayerSpec;
import io.weir.trainer.engine.layer.LayerSpec.Dense;
import io.weir.trainer.engine.network.NetworkSpec;
import java.util.ArrayList;
import java.util.List;

/// A network that waits for the number of its inputs.
///
/// @param layout how `layers` become hidden layers
/// @param layers widths in the layout's order; empty for the layout's own
/// @param latent columns of the latent, at least 1
/// @param activation of the hidden layers; the heads and the latent of an autoencoder are linear
/// @param outputActivation of the last layer
/// @param initializer of every layer
public record Shape(
    NetworkKind kind,
    Layout layout,
    List<Integer> layers,
    int latent,
    Activation activation,
    Activation outputActivation,
    Initializer initializer) {

  public Shape {
    layers = List.copyOf(layers);
    if (latent < 1) {
      throw new ConfigException(
          "--latent %d: the latent needs at least 1 column".formatted(latent));
    }
    if (!layers.isEmpty() && !layout.takes(layers.size())) {
      throw new ConfigException(
          "--layers %s: this preset takes %s".formatted(listed(layers), layout.rule()));
    }
    for (int width : layers) {
      if (width < 1) {
        throw new ConfigException(
            "--layers %s: every width must be at least 1".formatted(listed(layers)));
      }
    }
  }

  /// The network for rows of `inputs` columns.
  public NetworkSpec network(int inputs) {
    List<Integer> widths = layers.isEmpty() ? layout.defaults(inputs) : layers;
    Layout.Hidden hidden = layout.hidden(inputs, widths, latent);
    List<LayerSpec> encoder = stack(inputs, hidden.encoder());
    int code = encoder.isEmpty() ? inputs : encoder.getLast().outputs();
    List<LayerSpec> decoder = stack(latent, hidden.decoder());
    int last = decoder.isEmpty() ? latent : decoder.getLast().outputs();
    decoder.add(new Dense(last, inputs, outputActivation, initializer));
    return switch (kind) {
      case VAE -> new NetworkSpec.Vae(encoder, head(code), head(code), decoder);
      case AUTOENCODER -> {
        encoder.add(head(code));
        yield new NetworkSpec.Autoencoder(encoder, decoder);
      }
    };
  }

  private Dense head(int inputs) {
    return new Dense(inputs, latent, new Activation.Linear(), initializer);
  }

  private List<LayerSpec> stack(int inputs, List<Integer> widths) {
    List<LayerSpec> layers = new ArrayList<>();
    int columns = inputs;
    for (int width : widths) {
      layers.add(new Dense(columns, width, activation, initializer));
      columns = width;
    }
    return layers;
  }

  private static String listed(List<Integer> widths) {
    return String.join(",", widths.stream().map(String::valueOf).toList());
  }
}
