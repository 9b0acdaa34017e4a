package io.weir.trainer.onnx;

import io.weir.schemas.card.ModelCard.Window;
import io.weir.trainer.data.prepare.Preprocessor;
import io.weir.trainer.engine.layer.Activation;
import io.weir.trainer.engine.layer.Activation.Sigmoid;
import io.weir.trainer.engine.layer.LayerParameters;
import io.weir.trainer.engine.layer.LayerSpec;
import io.weir.trainer.engine.network.NetworkSpec;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.loss.Reconstruction;
import java.util.List;
import java.util.Optional;

/// Everything that decides a verdict: what the graph is written from.
///
/// @param preprocessor from raw features to network inputs; for each event of a row as many of them
///   as the network takes for it
/// @param network what the network is
/// @param parameters its weights, in the order of [NetworkSpec#layers()]
/// @param objective the losses; its beta is a matter of training and not used here
/// @param klWeight weight of the KL divergence in the score, at least 0; the score of a network
///   with a classifier is its probability
/// @param window what makes a row of several events; empty where a row is one event
public record TrainedDetector(
    Preprocessor preprocessor,
    NetworkSpec network,
    List<LayerParameters> parameters,
    Objective objective,
    double klWeight,
    Optional<Window> window) {
  public TrainedDetector {
    parameters = List.copyOf(parameters);
    int steps = window.map(Window::steps).orElse(1);
    if (window.isPresent() && steps < 2) {
      throw new IllegalArgumentException("A window of %d events: at least 2".formatted(steps));
    }
    if ((long) steps * preprocessor.inputs() != network.inputs()) {
      throw new IllegalArgumentException(
          "The features of %d events become %d network inputs, the network takes %d"
              .formatted(steps, (long) steps * preprocessor.inputs(), network.inputs()));
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

  /// Of rows that are single events.
  public TrainedDetector(
      Preprocessor preprocessor,
      NetworkSpec network,
      List<LayerParameters> parameters,
      Objective objective,
      double klWeight) {
    this(preprocessor, network, parameters, objective, klWeight, Optional.empty());
  }

  /// Events of a row.
  public int steps() {
    return window.map(Window::steps).orElse(1);
  }

  /// Raw values of a row: [#steps()] times the features, the newest event last.
  public int rowValues() {
    return Math.multiplyExact(steps(), preprocessor.features().size());
  }
}
