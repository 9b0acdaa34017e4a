package io.weir.trainer.fit;

import io.weir.trainer.engine.kernel.KernelChoice;
import io.weir.trainer.engine.kernel.Kernels;
import io.weir.trainer.engine.layer.LayerParameters;
import io.weir.trainer.engine.network.Network;
import io.weir.trainer.engine.network.NetworkSpec;
import io.weir.trainer.fit.FitResult.Ending;
import io.weir.trainer.fit.loss.Objective;
import java.util.ArrayList;
import java.util.List;

/// Trains networks. The same arguments give the same weights, bit for bit, at any number of threads
/// and with any kernels.
public final class Fit {
  private final Kernels kernels;

  /// With the process's kernels.
  public Fit() {
    this(KernelChoice.chosen());
  }

  public Fit(Kernels kernels) {
    this.kernels = kernels;
  }

  /// Trains from random weights.
  ///
  /// @param rows as many columns as the network has inputs, at least 1 row (2 with validation)
  /// @throws FitException if the arguments do not go together, or the loss becomes infinite or NaN
  public FitResult run(
      NetworkSpec spec,
      Objective objective,
      TrainingRows rows,
      FitSettings settings,
      FitListener listener) {
    Network network = new Network(spec, kernels);
    network.initialize(settings.seed());
    return run(network, objective, rows, settings, listener);
  }

  /// Trains on from given weights, in the order of [NetworkSpec#layers].
  ///
  /// @throws FitException as [#run]
  public FitResult continueFrom(
      List<LayerParameters> parameters,
      NetworkSpec spec,
      Objective objective,
      TrainingRows rows,
      FitSettings settings,
      FitListener listener) {
    Network network = new Network(spec, kernels);
    network.load(parameters);
    return run(network, objective, rows, settings, listener);
  }

  private FitResult run(
      Network network,
      Objective objective,
      TrainingRows rows,
      FitSettings settings,
      FitListener listener) {
    Suitability.check(network.spec(), objective, rows, settings.validation() > 0 ? 2 : 1);
    Split split = Split.draw(rows.rows(), settings.validation(), settings.seed());
    List<EpochLoss> history = new ArrayList<>();
    BestWeights best = new BestWeights(network, settings.criterion());
    Patience patience = settings.earlyStopping().map(Patience::new).orElse(null);
    Ending ending = Ending.COMPLETED;
    try (Training training = new Training(network, objective, rows, settings, kernels)) {
      Epoch epoch = new Epoch(training, objective, rows, split, settings, listener);
      for (int number = 1; number <= settings.epochs(); number++) {
        EpochLoss loss = epoch.run(number);
        history.add(loss);
        best.offer(loss);
        listener.epochDone(loss);
        if (epoch.interrupted()) {
          ending = Ending.INTERRUPTED;
          break;
        }
        if (patience != null && patience.ends(loss.deciding(settings.criterion()))) {
          ending = Ending.STOPPED_EARLY;
          break;
        }
      }
    }
    return new FitResult(best.parameters(), history, best.epoch(), ending, split.validation());
  }
}
