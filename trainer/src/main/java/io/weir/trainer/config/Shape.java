package io.weir.trainer.config;

import io.weir.trainer.engine.layer.Activation;
import io.weir.trainer.engine.layer.Initializer;
import io.weir.trainer.engine.layer.LayerSpec;
import io.weir.trainer.engine.layer.LayerSpec.Affine;
import io.weir.trainer.engine.layer.LayerSpec.BatchNorm;
import io.weir.trainer.engine.layer.LayerSpec.Dense;
import io.weir.trainer.engine.layer.LayerSpec.Dropout;
import io.weir.trainer.engine.layer.LayerSpec.StepDense;
import io.weir.trainer.engine.network.NetworkSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A network that waits for the number of its inputs.
///
/// @param layout how `widths` become hidden layers
/// @param latent columns of the latent
/// @param hidden what the hidden layers do
/// @param outputActivation of the last layer
/// @param initializer of every dense layer
/// @param head the classifier on top, if there is one
/// @param recurrence the LSTMs in it, if there are any
public record Shape(
    NetworkKind kind,
    Layout layout,
    Widths widths,
    Width latent,
    Hidden hidden,
    Activation outputActivation,
    Initializer initializer,
    Optional<Head> head,
    Optional<Recurrence> recurrence) {
  /// What the hidden layers do after their dense part. The heads and the latent of an autoencoder
  /// are dense and linear.
  ///
  /// @param dropout rate, in the encoder only: before the normalisation, or after the activation
  ///   where there is none; 0 for no dropout
  /// @param batchNorm whether batch normalisation, with Keras' defaults, comes before the
  ///   activation
  public record Hidden(double dropout, boolean batchNorm, Activation activation) {
    public Hidden {
      if (!(dropout >= 0 && dropout < 1)) {
        throw new ConfigException(
            "--dropout %s: a rate from 0 to below 1 is needed".formatted(dropout));
      }
    }
  }

  public Shape {
    if (!layout.takes(widths)) {
      throw new ConfigException(
          "%s: this preset takes %s"
              .formatted(
                  switch (widths) {
                    case Widths.Listed listed -> "--layers " + listed;
                    case Widths.Falling(int layers) -> "--depth " + layers;
                  },
                  layout.rule()));
    }
    if (head.isPresent() && kind != NetworkKind.VAE) {
      throw new ConfigException("A classifier stands on a vae: leave --kind out, or give vae");
    }
  }

  /// A variational autoencoder whose hidden layers do nothing but `activation`.
  static Shape vae(Layout layout, String layers, String latent, Activation activation) {
    return new Shape(
        NetworkKind.VAE,
        layout,
        Widths.parse(layers),
        Width.parse(latent),
        new Hidden(0, false, activation),
        new Activation.Linear(),
        Initializer.GLOROT_UNIFORM,
        Optional.empty(),
        Optional.empty());
  }

  /// The same with other widths.
  public Shape withWidths(Widths changed) {
    return new Shape(
        kind, layout, changed, latent, hidden, outputActivation, initializer, head, recurrence);
  }

  /// The same with another latent.
  public Shape withLatent(Width changed) {
    return new Shape(
        kind, layout, widths, changed, hidden, outputActivation, initializer, head, recurrence);
  }

  /// The same as a VAE or as an autoencoder.
  public Shape withKind(NetworkKind changed) {
    return new Shape(
        changed, layout, widths, latent, hidden, outputActivation, initializer, head, recurrence);
  }

  /// The same with another initializer.
  public Shape withInitializer(Initializer changed) {
    return new Shape(
        kind, layout, widths, latent, hidden, outputActivation, changed, head, recurrence);
  }

  /// The same with another last activation.
  public Shape withOutputActivation(Activation changed) {
    return new Shape(kind, layout, widths, latent, hidden, changed, initializer, head, recurrence);
  }

  /// The same with other hidden layers.
  public Shape withHidden(Hidden changed) {
    return new Shape(
        kind, layout, widths, latent, changed, outputActivation, initializer, head, recurrence);
  }

  /// The same with a classifier on top, or without one.
  public Shape withHead(Optional<Head> changed) {
    return new Shape(
        kind, layout, widths, latent, hidden, outputActivation, initializer, changed, recurrence);
  }

  /// The same with other LSTMs, or without any.
  public Shape withRecurrence(Optional<Recurrence> changed) {
    return new Shape(
        kind, layout, widths, latent, hidden, outputActivation, initializer, head, changed);
  }

  /// Whether it reads windows of several events, and nothing else.
  public boolean windows() {
    return recurrence.filter(r -> r.rowSteps() == 0).isPresent();
  }

  /// The network for rows of `inputs` columns that are single events.
  ///
  /// @param learnedVariance whether a VAE also tells the log-variance of each output
  public NetworkSpec network(int inputs, boolean learnedVariance) {
    return network(inputs, 1, learnedVariance);
  }

  /// The network for rows of `inputs` columns.
  ///
  /// @param steps events that a row consists of
  /// @param learnedVariance whether a VAE also tells the log-variance of each output
  public NetworkSpec network(int inputs, int steps, boolean learnedVariance) {
    int code = latent.at(inputs);
    Layout.Hidden columns = layout.hidden(inputs, widths.at(inputs, code), code);
    int sequence = recurrence.map(r -> r.steps(inputs, steps)).orElse(1);
    List<LayerSpec> encoder = new ArrayList<>();
    recurrence.ifPresent(r -> encoder.addAll(r.encoder(inputs, sequence)));
    encoder.addAll(stack(outputs(encoder, inputs), columns.encoder(), hidden.dropout()));
    int encoded = outputs(encoder, inputs);
    List<LayerSpec> decoder = new ArrayList<>();
    columns.linear().ifPresent(width -> decoder.add(linear(code, width)));
    decoder.addAll(stack(outputs(decoder, code), columns.decoder(), 0));
    boolean stepwise = recurrence.filter(r -> r.decoder() == Recurrence.Decoder.LSTM).isPresent();
    if (stepwise) {
      decoder.addAll(recurrence.get().decoder(outputs(decoder, code), sequence));
    }
    int last = outputs(decoder, code);
    int endings = stepwise ? sequence : 1;
    decoder.add(ending(endings, last, inputs, outputActivation));
    return switch (kind) {
      case VAE -> {
        NetworkSpec.Vae vae =
            new NetworkSpec.Vae(
                encoder,
                linear(encoded, code),
                linear(encoded, code),
                decoder,
                learnedVariance
                    ? Optional.of(ending(endings, last, inputs, new Activation.Linear()))
                    : Optional.empty());
        yield head.<NetworkSpec>map(
                top -> new NetworkSpec.Classified(vae, top.on(vae, initializer)))
            .orElse(vae);
      }
      case AUTOENCODER -> {
        encoder.add(linear(encoded, code));
        yield new NetworkSpec.Autoencoder(encoder, decoder);
      }
    };
  }

  private static int outputs(List<LayerSpec> layers, int otherwise) {
    return layers.isEmpty() ? otherwise : layers.getLast().outputs();
  }

  /// @param steps of an LSTM decoder, else 1
  private Affine ending(int steps, int columns, int outputs, Activation activation) {
    return steps == 1
        ? new Dense(columns, outputs, activation, initializer)
        : new StepDense(steps, columns / steps, outputs / steps, activation, initializer);
  }

  private Dense linear(int inputs, int outputs) {
    return new Dense(inputs, outputs, new Activation.Linear(), initializer);
  }

  private List<LayerSpec> stack(int inputs, List<Integer> widths, double dropout) {
    List<LayerSpec> layers = new ArrayList<>();
    int columns = inputs;
    for (int width : widths) {
      layers.add(
          hidden.batchNorm()
              ? linear(columns, width)
              : new Dense(columns, width, hidden.activation(), initializer));
      if (dropout > 0) {
        layers.add(new Dropout(width, (float) dropout));
      }
      if (hidden.batchNorm()) {
        layers.add(BatchNorm.keras(width, hidden.activation()));
      }
      columns = width;
    }
    return layers;
  }
}
