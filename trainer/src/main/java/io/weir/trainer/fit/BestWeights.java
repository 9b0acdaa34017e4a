package io.weir.trainer.fit;

import io.weir.trainer.engine.layer.LayerParameters;
import io.weir.trainer.engine.network.Network;
import java.util.List;

/// The weights of the best epoch so far.
final class BestWeights {
  private final Network network;
  private final Criterion criterion;
  private List<LayerParameters> parameters;
  private double value = Double.POSITIVE_INFINITY;
  private int epoch;

  BestWeights(Network network, Criterion criterion) {
    this.network = network;
    this.criterion = criterion;
  }

  /// Keeps the network's present weights if they are better than any before.
  void offer(EpochLoss epochLoss) {
    double deciding = epochLoss.deciding(criterion);
    if (parameters == null || deciding < value) {
      value = deciding;
      epoch = epochLoss.epoch();
      parameters = network.parameters();
    }
  }

  List<LayerParameters> parameters() {
    return parameters;
  }

  int epoch() {
    return epoch;
  }
}
