package io.weir.trainer.report;

import static io.weir.trainer.report.Table.Column.left;
import static io.weir.trainer.report.Table.Column.right;

import io.weir.schemas.card.ModelCard.Architecture;
import io.weir.schemas.card.ModelCard.Layer;

/// A network as a table of its layers, in the manner of Keras' `model.summary()`.
public final class ModelSummary {
  private ModelSummary() {}

  /// The table, between a line that names the network and those that count its parameters:
  /// non-trainable are the moving averages of batch normalisation.
  public static String of(Architecture architecture) {
    Table table =
        new Table(left("Layer (type)"), left("Output shape"), left("Activation"), right("Param #"));
    // Cards of other hands may keep their layers to themselves.
    long all = architecture.layers().isEmpty() ? architecture.parameters() : 0;
    for (Layer layer : architecture.layers()) {
      table.row(
          "%s (%s)".formatted(layer.name(), layer.kind()),
          shape(layer),
          layer.activation(),
          "%,d".formatted(layer.parameters()));
      all += layer.parameters();
    }
    return """
    Model: %s (%s), %d inputs, latent %d
    %s
    Total params: %,d
    Trainable params: %,d
    Non-trainable params: %,d
    """
        .formatted(
            architecture.preset(),
            architecture.kind(),
            architecture.inputs(),
            architecture.latent(),
            table,
            all,
            architecture.parameters(),
            all - architecture.parameters())
        .stripTrailing();
  }

  /// Of a sequence with its steps.
  private static String shape(Layer layer) {
    boolean sequence = layer.steps() != null && !Boolean.FALSE.equals(layer.sequence());
    return sequence
        ? "(None, %d, %d)".formatted(layer.steps(), layer.outputs() / layer.steps())
        : "(None, %d)".formatted(layer.outputs());
  }
}
