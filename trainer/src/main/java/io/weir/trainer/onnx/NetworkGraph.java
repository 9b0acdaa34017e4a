package io.weir.trainer.onnx;

import io.weir.trainer.engine.layer.Activation;
import io.weir.trainer.engine.layer.Activation.LeakyRelu;
import io.weir.trainer.engine.layer.Activation.Linear;
import io.weir.trainer.engine.layer.Activation.Relu;
import io.weir.trainer.engine.layer.Activation.Sigmoid;
import io.weir.trainer.engine.layer.Activation.Tanh;
import io.weir.trainer.engine.layer.LayerSpec.Dense;
import io.weir.trainer.engine.network.DenseParameters;
import io.weir.trainer.engine.network.NetworkSpec.Autoencoder;
import io.weir.trainer.engine.network.NetworkSpec.Vae;
import java.util.Iterator;
import java.util.List;

/// The network itself, without randomness: the decoder reads the latent mean.
final class NetworkGraph {
  /// The values that losses and explanations are computed from.
  ///
  /// @param latent [batch x latent], the code of a plain autoencoder or the mean
  /// @param logVariance [batch x latent]; null for a plain autoencoder
  /// @param reconstruction [batch x inputs]
  /// @param logits the reconstruction before the activation of the last layer
  record Values(String latent, String logVariance, String reconstruction, String logits) {}

  private final Graph graph;
  private final Iterator<String> names;
  private final Iterator<DenseParameters> parameters;

  private NetworkGraph(Graph graph, TrainedDetector detector) {
    this.graph = graph;
    this.names = LayerNames.of(detector.network()).iterator();
    this.parameters = detector.parameters().iterator();
  }

  /// Adds the network.
  ///
  /// @param inputs name of its input, [batch x inputs]
  static Values add(Graph graph, TrainedDetector detector, String inputs) {
    NetworkGraph layers = new NetworkGraph(graph, detector);
    String encoded = layers.chain(detector.network().encoder(), inputs);
    String latent;
    String logVariance;
    switch (detector.network()) {
      case Autoencoder _ -> {
        latent = encoded;
        logVariance = null;
      }
      case Vae vae -> {
        latent = layers.dense(vae.mean(), encoded);
        logVariance = layers.dense(vae.logVariance(), encoded);
      }
    }
    String reconstruction = layers.chain(detector.network().decoder(), latent);
    String logits = LayerNames.of(detector.network()).getLast() + "/affine";
    return new Values(latent, logVariance, reconstruction, logits);
  }

  private String chain(List<Dense> layers, String inputs) {
    String value = inputs;
    for (Dense layer : layers) {
      value = dense(layer, value);
    }
    return value;
  }

  private String dense(Dense layer, String inputs) {
    String name = names.next();
    DenseParameters weights = parameters.next();
    String affine =
        graph.node(
            "Gemm",
            name + "/affine",
            inputs,
            graph.matrix(name + "/kernel", layer.inputs(), layer.outputs(), weights.kernel()),
            graph.vector(name + "/bias", weights.bias()));
    return activation(layer.activation(), name, affine);
  }

  private String activation(Activation activation, String name, String affine) {
    String output = name + "/output";
    return switch (activation) {
      case Linear _ -> affine;
      case Relu _ -> graph.node("Relu", output, affine);
      case LeakyRelu leaky -> graph.node("LeakyRelu", output, "alpha", leaky.alpha(), affine);
      case Tanh _ -> graph.node("Tanh", output, affine);
      case Sigmoid _ -> graph.node("Sigmoid", output, affine);
    };
  }
}
