package io.weir.trainer.command;

import io.weir.trainer.config.ActivationNames;
import io.weir.trainer.config.Head;
import io.weir.trainer.config.NetworkKind;
import io.weir.trainer.config.Recipe;
import io.weir.trainer.config.Shape;
import io.weir.trainer.engine.layer.LayerSpec;
import io.weir.trainer.engine.layer.LayerSpec.BatchNorm;
import io.weir.trainer.engine.layer.LayerSpec.Dense;
import io.weir.trainer.engine.layer.LayerSpec.Dropout;
import io.weir.trainer.engine.layer.LayerSpec.Lstm;
import io.weir.trainer.engine.layer.LayerSpec.Repeat;
import io.weir.trainer.engine.layer.LayerSpec.StepDense;
import io.weir.trainer.engine.network.NetworkSpec;
import io.weir.trainer.fit.loss.Objective;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Stream;

/// Recipes in a few words.
final class PresetText {
  private PresetText() {}

  /// Columns of the dense layers and units of LSTMs in the order of the data, the latent in
  /// parentheses: `14-20-(3)-20-14`.
  static String layers(Recipe recipe, NetworkSpec network) {
    StringJoiner text = new StringJoiner("-");
    text.add(Integer.toString(network.inputs()));
    List<LayerSpec> encoder = network.encoder();
    int hidden = network.variational().isPresent() ? encoder.size() : encoder.size() - 1;
    dense(encoder.subList(0, hidden)).forEach(text::add);
    text.add("(%d)".formatted(network.latent()));
    dense(network.decoder()).forEach(text::add);
    String classifier =
        network
            .classifier()
            .map(
                head ->
                    ", %s-%s"
                        .formatted(
                            Words.of(head.input()),
                            String.join("-", dense(head.layers()).toList())))
            .orElse("");
    Shape.Hidden how = recipe.shape().hidden();
    String normalised = how.batchNorm() ? ", batch norm" : "";
    String dropout = how.dropout() > 0 ? ", dropout " + number(how.dropout()) : "";
    return text + classifier + normalised + dropout;
  }

  private static Stream<String> dense(List<LayerSpec> layers) {
    return layers.stream()
        .flatMap(
            layer ->
                switch (layer) {
                  case Dense dense -> Stream.of(Integer.toString(dense.outputs()));
                  case StepDense dense -> Stream.of(Integer.toString(dense.outputs()));
                  case Lstm lstm -> Stream.of("lstm " + lstm.units());
                  case Repeat _, BatchNorm _, Dropout _ -> Stream.empty();
                });
  }

  /// `mse mean + 1e-6 KL mean`.
  static String loss(Recipe recipe) {
    Objective objective = recipe.objective();
    StringBuilder text = new StringBuilder();
    objective
        .classification()
        .ifPresent(c -> text.append(times(c.weight())).append("cross-entropy + "));
    text.append(times(objective.reconstructionWeight()))
        .append(Words.of(objective.reconstruction()))
        .append(' ')
        .append(Words.of(objective.reconstructionReduction()));
    if (recipe.shape().kind() == NetworkKind.VAE) {
      text.append(" + ")
          .append(times(objective.beta()))
          .append("KL ")
          .append(Words.of(objective.klReduction()));
      if (!objective.prior().isStandard()) {
        text.append(
            " from N(%s, %s)".formatted(objective.prior().means(), objective.prior().deviations()));
      }
    }
    return text.toString();
  }

  /// `leaky_relu(0.3), output linear`.
  static String activations(Recipe recipe) {
    Shape shape = recipe.shape();
    String head =
        shape
            .head()
            .map(Head::activation)
            .map(
                activation ->
                    ", classifier %s and %s"
                        .formatted(
                            ActivationNames.of(activation),
                            ActivationNames.of(shape.head().orElseThrow().outputActivation())))
            .orElse("");
    return "%s, output %s%s"
        .formatted(
            ActivationNames.of(shape.hidden().activation()),
            ActivationNames.of(shape.outputActivation()),
            head);
  }

  /// `1e-6`, `0.3`, `32`.
  static String number(double value) {
    return Double.toString(value).replace(".0E", "e").replace("E", "e").replaceFirst("\\.0$", "");
  }

  private static String times(double weight) {
    return weight == 1 ? "" : number(weight) + " ";
  }
}
