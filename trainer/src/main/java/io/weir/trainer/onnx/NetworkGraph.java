package io.weir.trainer.onnx;

import io.weir.trainer.engine.layer.Activation;
import io.weir.trainer.engine.layer.Activation.HardSigmoid;
import io.weir.trainer.engine.layer.Activation.LeakyRelu;
import io.weir.trainer.engine.layer.Activation.Linear;
import io.weir.trainer.engine.layer.Activation.Relu;
import io.weir.trainer.engine.layer.Activation.Sigmoid;
import io.weir.trainer.engine.layer.Activation.Softmax;
import io.weir.trainer.engine.layer.Activation.Tanh;
import io.weir.trainer.engine.layer.LayerParameters;
import io.weir.trainer.engine.layer.LayerParameters.OfBatchNorm;
import io.weir.trainer.engine.layer.LayerParameters.OfDense;
import io.weir.trainer.engine.layer.LayerParameters.OfLstm;
import io.weir.trainer.engine.layer.LayerParameters.OfStepDense;
import io.weir.trainer.engine.layer.LayerSpec;
import io.weir.trainer.engine.layer.LayerSpec.BatchNorm;
import io.weir.trainer.engine.layer.LayerSpec.Dense;
import io.weir.trainer.engine.layer.LayerSpec.Dropout;
import io.weir.trainer.engine.layer.LayerSpec.Lstm;
import io.weir.trainer.engine.layer.LayerSpec.Repeat;
import io.weir.trainer.engine.layer.LayerSpec.StepDense;
import io.weir.trainer.engine.network.NetworkSpec;
import java.util.List;

/// The network itself, without randomness: the decoder reads the latent mean, dropout is gone.
final class NetworkGraph {
  /// The values that losses and explanations are computed from.
  ///
  /// @param latent [batch x latent], the code of a plain autoencoder or the mean
  /// @param logVariance [batch x latent]; null for a plain autoencoder
  /// @param reconstruction [batch x inputs]
  /// @param logits the reconstruction before the activation of the last layer
  /// @param outputLogVariance [batch x inputs]; null where it is not learned
  record Values(
      String latent,
      String logVariance,
      String reconstruction,
      String logits,
      String outputLogVariance) {}

  private final Graph graph;
  private final NetworkSpec network;
  private final List<LayerSpec> layers;
  private final List<String> names;
  private final List<LayerParameters> parameters;
  private int next;

  NetworkGraph(Graph graph, TrainedDetector detector) {
    this.graph = graph;
    network = detector.network();
    layers = network.layers().toList();
    names = LayerNames.of(network);
    parameters = detector.parameters();
  }

  /// Adds everything but the classifier.
  ///
  /// @param inputs name of its input, [batch x inputs]
  Values add(String inputs) {
    String encoded = chain(network.encoder().size(), inputs);
    String latent = encoded;
    String logVariance = null;
    if (network.variational().isPresent()) {
      latent = layer(encoded);
      logVariance = layer(encoded);
    }
    String hidden = chain(network.decoder().size() - 1, latent);
    String logits = names.get(next) + "/affine";
    String reconstruction = layer(hidden);
    String outputLogVariance = network.outputLogVariance().isPresent() ? layer(hidden) : null;
    return new Values(latent, logVariance, reconstruction, logits, outputLogVariance);
  }

  /// Adds the classifier, to be called after [#add].
  ///
  /// @param inputs [batch x columns of the classifier]
  /// @return its probability, [batch x 1]
  String addClassifier(String inputs) {
    return chain(layers.size() - next, inputs);
  }

  private String chain(int count, String inputs) {
    String value = inputs;
    for (int i = 0; i < count; i++) {
      value = layer(value);
    }
    return value;
  }

  /// Adds the next layer in the canonical order.
  private String layer(String inputs) {
    String name = names.get(next);
    LayerParameters weights = parameters.get(next);
    return switch (layers.get(next++)) {
      case Dense dense -> dense(dense, name, (OfDense) weights, inputs);
      case BatchNorm norm -> batchNorm(norm, name, (OfBatchNorm) weights, inputs);
      case Dropout _ -> inputs;
      case StepDense dense -> stepDense(dense, name, (OfStepDense) weights, inputs);
      case Lstm lstm -> new LstmGraph(graph, name, lstm).add((OfLstm) weights, inputs);
      case Repeat(int steps, int _) ->
          graph.node("Tile", name, inputs, graph.integers(name + "/repeats", 1, steps));
    };
  }

  private String dense(Dense layer, String name, OfDense weights, String inputs) {
    String affine =
        graph.node(
            "Gemm",
            name + "/affine",
            inputs,
            graph.matrix(name + "/kernel", layer.inputs(), layer.outputs(), weights.kernel()),
            graph.vector(name + "/bias", weights.bias()));
    return activation(layer.activation(), name, affine);
  }

  /// A dense layer of batch x steps rows.
  private String stepDense(StepDense layer, String name, OfStepDense weights, String inputs) {
    String rows = reshape(name + "/steps", inputs, layer.inputsPerStep());
    String affine =
        graph.node(
            "Gemm",
            name + "/step_affine",
            rows,
            graph.matrix(
                name + "/kernel", layer.inputsPerStep(), layer.outputsPerStep(), weights.kernel()),
            graph.vector(name + "/bias", weights.bias()));
    String logits = reshape(name + "/affine", affine, layer.outputs());
    return layer.activation() instanceof Softmax
        ? reshape(name, activation(layer.activation(), name, affine), layer.outputs())
        : activation(layer.activation(), name, logits);
  }

  /// As many rows of `columns` as there are.
  private String reshape(String name, String values, int columns) {
    return graph.node("Reshape", name, values, graph.integers(name + "/shape", -1, columns));
  }

  /// `x factor + shift`; ONNX Runtime computes both from the weights when it loads the model.
  private String batchNorm(BatchNorm layer, String name, OfBatchNorm weights, String inputs) {
    String variance = graph.vector(name + "/moving_variance", weights.movingVariance());
    String spread =
        graph.node(
            "Sqrt",
            name + "/deviation",
            graph.node(
                "Add",
                name + "/spread",
                variance,
                graph.scalar(name + "/epsilon", layer.epsilon())));
    String factor =
        graph.node("Div", name + "/factor", graph.vector(name + "/gamma", weights.gamma()), spread);
    String mean = graph.vector(name + "/moving_mean", weights.movingMean());
    String shift =
        graph.node(
            "Sub",
            name + "/shift",
            graph.vector(name + "/beta", weights.beta()),
            graph.node("Mul", name + "/shifted_mean", mean, factor));
    String scaled = graph.node("Mul", name + "/scaled", inputs, factor);
    return activation(layer.activation(), name, graph.node("Add", name + "/affine", scaled, shift));
  }

  private String activation(Activation activation, String name, String affine) {
    String output = name + "/output";
    return switch (activation) {
      case Linear _ -> affine;
      case Relu _ -> graph.node("Relu", output, affine);
      case LeakyRelu leaky -> graph.node("LeakyRelu", output, "alpha", leaky.alpha(), affine);
      case Tanh _ -> graph.node("Tanh", output, affine);
      case Sigmoid _ -> graph.node("Sigmoid", output, affine);
      case HardSigmoid _ -> graph.node("HardSigmoid", output, "alpha", 0.2f, affine);
      case Softmax _ -> graph.node("Softmax", output, "axis", 1, affine);
    };
  }
}
