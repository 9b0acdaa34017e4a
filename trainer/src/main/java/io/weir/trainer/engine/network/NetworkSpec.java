package io.weir.trainer.engine.network;

import io.weir.trainer.engine.layer.Activation;
import io.weir.trainer.engine.layer.LayerSpec;
import io.weir.trainer.engine.layer.LayerSpec.Affine;
import io.weir.trainer.engine.layer.LayerSpec.Dense;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a network is, without its weights.
public sealed interface NetworkSpec {
  /// Layers from the input to the last hidden layer of the encoder; may be empty for a VAE.
  List<LayerSpec> encoder();

  /// Layers from the latent to the output; never empty, the last one affine.
  List<LayerSpec> decoder();

  /// All layers in the canonical order of their parameters: encoder, heads (mean, log-variance),
  /// decoder, output log-variance, classifier.
  Stream<LayerSpec> layers();

  /// Columns of the latent.
  int latent();

  /// The variational autoencoder in it, if there is one.
  Optional<Vae> variational();

  /// The classifier on top of it, if there is one.
  default Optional<Classifier> classifier() {
    return Optional.empty();
  }

  /// The head that gives the log-variance of each output, if there is one.
  default Optional<Affine> outputLogVariance() {
    return variational().flatMap(Vae::outputLogVarianceHead);
  }

  /// The last layer of the decoder.
  default Affine output() {
    return (Affine) decoder().getLast();
  }

  /// Columns of the network's input and output.
  default int inputs() {
    return decoder().getLast().outputs();
  }

  /// Number of trainable parameters.
  default long parameters() {
    return layers().mapToLong(LayerSpec::parameters).sum();
  }

  /// Multiplications with weights that a row costs on its way through.
  default long multiplications() {
    return layers().mapToLong(LayerSpec::multiplications).sum();
  }

  /// Number of parameters that training tracks, but not by gradients.
  default long trackedParameters() {
    return layers().mapToLong(LayerSpec::trackedParameters).sum();
  }

  /// A plain autoencoder: the output of the last encoder layer is the latent.
  record Autoencoder(List<LayerSpec> encoder, List<LayerSpec> decoder) implements NetworkSpec {
    public Autoencoder {
      encoder = List.copyOf(encoder);
      decoder = List.copyOf(decoder);
      requireAutoencoder(Stream.concat(encoder.stream(), decoder.stream()).toList());
    }

    @Override
    public Stream<LayerSpec> layers() {
      return Stream.concat(encoder.stream(), decoder.stream());
    }

    @Override
    public int latent() {
      return encoder.getLast().outputs();
    }

    @Override
    public Optional<Vae> variational() {
      return Optional.empty();
    }
  }

  /// A variational autoencoder (Kingma and Welling, 2013): two linear heads on the encoder give the
  /// mean and the log-variance of the latent.
  ///
  /// @param outputLogVarianceHead a second linear head beside the decoder's last layer, with the
  ///   log-variance of each output: then the reconstruction loss is a Gaussian negative
  ///   log-likelihood with learned variance
  record Vae(
      List<LayerSpec> encoder,
      Dense mean,
      Dense logVariance,
      List<LayerSpec> decoder,
      Optional<Affine> outputLogVarianceHead)
      implements NetworkSpec {
    public Vae {
      encoder = List.copyOf(encoder);
      decoder = List.copyOf(decoder);
      requireTwin("latent", mean, logVariance);
      requireAutoencoder(
          Stream.of(encoder, List.<LayerSpec>of(mean), decoder).flatMap(List::stream).toList());
      if (outputLogVarianceHead.isPresent()) {
        requireTwin("output", (Affine) decoder.getLast(), outputLogVarianceHead.get());
      }
    }

    /// With outputs of equal, fixed variance.
    public Vae(List<LayerSpec> encoder, Dense mean, Dense logVariance, List<LayerSpec> decoder) {
      this(encoder, mean, logVariance, decoder, Optional.empty());
    }

    @Override
    public Stream<LayerSpec> layers() {
      return Stream.of(
              encoder.stream(),
              Stream.of(mean, logVariance),
              decoder.stream(),
              outputLogVarianceHead.stream())
          .flatMap(s -> s);
    }

    @Override
    public int latent() {
      return mean.outputs();
    }

    @Override
    public Optional<Vae> variational() {
      return Optional.of(this);
    }

    private static void requireTwin(String what, Affine mean, Affine logVariance) {
      if (mean.inputs() != logVariance.inputs() || mean.outputs() != logVariance.outputs()) {
        throw new IllegalArgumentException(
            "The heads of the %s differ: %d x %d and %d x %d"
                .formatted(
                    what,
                    mean.inputs(),
                    mean.outputs(),
                    logVariance.inputs(),
                    logVariance.outputs()));
      }
    }
  }

  /// A variational autoencoder with a classifier on top, trained together (ML4Anomalies' VAE +
  /// DNN).
  record Classified(Vae vae, Classifier head) implements NetworkSpec {
    public Classified {
      int given = head.input().columns(vae);
      if (head.layers().getFirst().inputs() != given) {
        throw new IllegalArgumentException(
            "The classifier takes %d columns, its input %s has %d"
                .formatted(head.layers().getFirst().inputs(), head.input(), given));
      }
    }

    @Override
    public List<LayerSpec> encoder() {
      return vae.encoder();
    }

    @Override
    public List<LayerSpec> decoder() {
      return vae.decoder();
    }

    @Override
    public Stream<LayerSpec> layers() {
      return Stream.concat(vae.layers(), head.layers().stream());
    }

    @Override
    public int latent() {
      return vae.latent();
    }

    @Override
    public Optional<Vae> variational() {
      return Optional.of(vae);
    }

    @Override
    public Optional<Classifier> classifier() {
      return Optional.of(head);
    }
  }

  /// Layers that end in one probability.
  ///
  /// @param layers the last one dense with 1 output, sigmoid or hard sigmoid
  /// @param detach whether the classifier's loss leaves the autoencoder alone
  record Classifier(Input input, List<LayerSpec> layers, boolean detach) {
    /// What a classifier is given.
    public enum Input {
      /// The latent: sampled in training, the mean in scoring (ML4Anomalies' A).
      LATENT,
      /// The row's reconstruction loss (B).
      RECONSTRUCTION_LOSS,
      /// The row's reconstruction loss and KL divergence, neither multiplied by a weight (C).
      LOSSES,
      /// What the network is given (X).
      INPUTS;

      /// Columns of the classifier's first layer.
      public int columns(NetworkSpec network) {
        return switch (this) {
          case LATENT -> network.latent();
          case RECONSTRUCTION_LOSS -> 1;
          case LOSSES -> 2;
          case INPUTS -> network.inputs();
        };
      }
    }

    public Classifier {
      layers = List.copyOf(layers);
      requireChain(layers);
      if (!(layers.getLast() instanceof Dense last) || last.outputs() != 1) {
        throw new IllegalArgumentException("A classifier must end in a dense layer of 1 output");
      }
      switch (last.activation()) {
        case Activation.Sigmoid(), Activation.HardSigmoid() -> {}
        case Activation.Linear(),
            Activation.Relu(),
            Activation.LeakyRelu(float _),
            Activation.Tanh(),
            Activation.Softmax() ->
            throw new IllegalArgumentException(
                "A classifier ends in a sigmoid or hard sigmoid, not in " + last.activation());
      }
    }

    /// The layer that gives the probability.
    public Dense output() {
      return (Dense) layers.getLast();
    }
  }

  private static void requireAutoencoder(List<LayerSpec> chain) {
    requireChain(chain);
    if (chain.getFirst().inputs() != chain.getLast().outputs()) {
      throw new IllegalArgumentException(
          "The network takes %d columns and gives %d: they must be equal"
              .formatted(chain.getFirst().inputs(), chain.getLast().outputs()));
    }
    if (!(chain.getLast() instanceof Affine)) {
      throw new IllegalArgumentException(
          "The decoder must end in a dense layer, of the row or of each step");
    }
  }

  private static void requireChain(List<LayerSpec> chain) {
    for (int i = 1; i < chain.size(); i++) {
      if (chain.get(i - 1).outputs() != chain.get(i).inputs()) {
        throw new IllegalArgumentException(
            "Layer %d gives %d columns, layer %d takes %d"
                .formatted(i - 1, chain.get(i - 1).outputs(), i, chain.get(i).inputs()));
      }
    }
  }
}
