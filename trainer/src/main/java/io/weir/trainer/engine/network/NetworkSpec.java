package io.weir.trainer.engine.network;

import io.weir.trainer.engine.layer.LayerSpec;
import io.weir.trainer.engine.layer.LayerSpec.Dense;
import java.util.List;
import java.util.stream.Stream;

/// What a network is, without its weights.
public sealed interface NetworkSpec {
  /// Layers from the input to the last hidden layer of the encoder; may be empty for a VAE.
  List<Dense> encoder();

  /// Layers from the latent to the output; never empty.
  List<Dense> decoder();

  /// All layers in the canonical order of their parameters: encoder, heads, decoder.
  Stream<Dense> layers();

  /// Columns of the latent.
  int latent();

  /// Columns of the network's input and output.
  default int inputs() {
    return decoder().getLast().outputs();
  }

  /// Number of trainable parameters.
  default long parameters() {
    return layers().mapToLong(LayerSpec::parameters).sum();
  }

  /// A plain autoencoder: the output of the last encoder layer is the latent.
  record Autoencoder(List<Dense> encoder, List<Dense> decoder) implements NetworkSpec {
    public Autoencoder {
      encoder = List.copyOf(encoder);
      decoder = List.copyOf(decoder);
      requireChain(Stream.concat(encoder.stream(), decoder.stream()).toList());
    }

    @Override
    public Stream<Dense> layers() {
      return Stream.concat(encoder.stream(), decoder.stream());
    }

    @Override
    public int latent() {
      return encoder.getLast().outputs();
    }
  }

  /// A variational autoencoder (Kingma and Welling, 2013): two linear heads on the encoder give the
  /// mean and the log-variance of the latent.
  record Vae(List<Dense> encoder, Dense mean, Dense logVariance, List<Dense> decoder)
      implements NetworkSpec {
    public Vae {
      encoder = List.copyOf(encoder);
      decoder = List.copyOf(decoder);
      if (mean.inputs() != logVariance.inputs() || mean.outputs() != logVariance.outputs()) {
        throw new IllegalArgumentException("The heads differ in shape");
      }
      requireChain(
          Stream.of(encoder.stream(), Stream.of(mean), decoder.stream()).flatMap(s -> s).toList());
    }

    @Override
    public Stream<Dense> layers() {
      return Stream.of(encoder.stream(), Stream.of(mean, logVariance), decoder.stream())
          .flatMap(s -> s);
    }

    @Override
    public int latent() {
      return mean.outputs();
    }
  }

  private static void requireChain(List<Dense> chain) {
    for (int i = 1; i < chain.size(); i++) {
      if (chain.get(i - 1).outputs() != chain.get(i).inputs()) {
        throw new IllegalArgumentException(
            "Layer %d gives %d columns, layer %d takes %d"
                .formatted(i - 1, chain.get(i - 1).outputs(), i, chain.get(i).inputs()));
      }
    }
    if (chain.getFirst().inputs() != chain.getLast().outputs()) {
      throw new IllegalArgumentException(
          "The network takes %d columns and gives %d: they must be equal"
              .formatted(chain.getFirst().inputs(), chain.getLast().outputs()));
    }
  }
}
