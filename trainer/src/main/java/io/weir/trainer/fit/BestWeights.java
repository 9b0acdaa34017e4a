package io.weir.trainer.fit;

import io.weir.trainer.engine.network.DenseParameters;
import io.weir.trainer.engine.network.Network;
import java.util.List;

/// The weights of the best epoch so far.
final class BestWeights {
  private final Network network;
  private List<DenseParameters> parameters;
  private double loss = Double.POSITIVE_INFINITY;
  private int epoch;

  BestWeights(Network network) {
    this.network = network;
  }

  /// Keeps the network's present weights if their loss is lower than any before.
  void offer(EpochLoss epochLoss) {
    if (parameters == null || epochLoss.deciding() < loss) {
      loss = epochLoss.deciding();
      epoch = epochLoss.epoch();
      parameters = network.parameters();
    }
  }

  List<DenseParameters> parameters() {
    return parameters;
  }

  int epoch() {
    return epoch;
  }
}
