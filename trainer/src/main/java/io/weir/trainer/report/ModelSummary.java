package io.weir.trainer.report;

import static io.weir.trainer.report.Table.Column.left;
import static io.weir.trainer.report.Table.Column.right;

import io.weir.schemas.card.ModelCard.Architecture;
import io.weir.schemas.card.ModelCard.Layer;

/// A network as a table of its layers, in the manner of Keras' `model.summary()`.
public final class ModelSummary {
  private ModelSummary() {}

  /// The table, between a line that names the network and one that counts its parameters.
  public static String of(Architecture architecture) {
    Table table =
        new Table(left("Layer (type)"), left("Output"), left("Activation"), right("Param #"));
    for (Layer layer : architecture.layers()) {
      table.row(
          "%s (%s)".formatted(layer.name(), layer.kind()),
          "(rows, %d)".formatted(layer.outputs()),
          layer.activation(),
          "%,d".formatted(layer.parameters()));
    }
    return """
    Model: %s (%s), %d inputs, latent %d
    %s
    Total params: %,d
    """
        .formatted(
            architecture.preset(),
            architecture.kind(),
            architecture.inputs(),
            architecture.latent(),
            table,
            architecture.parameters())
        .stripTrailing();
  }
}
