package io.weir.trainer.onnx;

import io.weir.trainer.data.prepare.Preprocessor;
import io.weir.trainer.engine.layer.Activation;
import io.weir.trainer.engine.layer.Activation.Sigmoid;
import io.weir.trainer.engine.layer.LayerParameters;
import io.weir.trainer.engine.layer.LayerSpec;
import io.weir.trainer.engine.network.NetworkSpec;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.loss.Reconstruction;
import java.util.List;

/// Everything that decides a verdict: what the graph is written from.
///
/// @param preprocessor from raw features to network inputs; as many inputs as the network takes
/// @param network what the network is
/// @param parameters its weights, in the order of [NetworkSpec#layers()]
/// @param objective the losses; its beta is a matter of training and not used here
/// @param klWeight weight of the KL divergence in the score, at least 0; the score of a network
///   with a classifier is its probability
public record TrainedDetector(
    Preprocessor preprocessor,
    NetworkSpec network,
    List<LayerParameters> parameters,
    Objective objective,
    double klWeight) {
  public TrainedDetector {
    parameters = List.copyOf(parameters);
    if (preprocessor.inputs() != network.inputs()) {
      throw new IllegalArgumentException(
          "The features become %d network inputs, the network takes %d"
              .formatted(preprocessor.inputs(), network.inputs()));
    }
    List<LayerSpec> layers = network.layers().toList();
    if (layers.size() != parameters.size()) {
      throw new IllegalArgumentException(
          "%d layers, but parameters for %d".formatted(layers.size(), parameters.size()));
    }
    for (int i = 0; i < layers.size(); i++) {
      if (!parameters.get(i).fit(layers.get(i))) {
        throw new IllegalArgumentException(
            "Layer %d is %s, its parameters are of %s"
                .formatted(i, layers.get(i), parameters.get(i)));
      }
    }
    Activation last = network.output().activation();
    if (objective.reconstruction() == Reconstruction.BCE && !(last instanceof Sigmoid)) {
      throw new IllegalArgumentException(
          "Binary cross-entropy needs a sigmoid as the last activation, not " + last);
    }
    if (!(klWeight >= 0) || Double.isInfinite(klWeight)) {
      throw new IllegalArgumentException("klWeight " + klWeight + " must be finite and at least 0");
    }
  }
}
