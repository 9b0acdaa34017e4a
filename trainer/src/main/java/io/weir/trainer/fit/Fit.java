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
import java.util.Optional;

/// Trains networks. The same arguments give the same weights, bit for bit, at any number of threads
/// and with any kernels.
public final class Fit {
  /// Of a parameter for a row: two operations forward, four back.
  private static final double FLOPS = 6;

  private final Optional<Kernels> given;

  /// With the kernels that suit the work.
  public Fit() {
    given = Optional.empty();
  }

  public Fit(Kernels kernels) {
    given = Optional.of(kernels);
  }

  private Kernels kernels(NetworkSpec spec, double rows) {
    return given.orElseGet(() -> KernelChoice.forWork(FLOPS * spec.multiplications() * rows));
  }

  private Kernels kernels(NetworkSpec spec, TrainingRows rows, FitSettings settings) {
    return kernels(spec, (double) rows.rows() * settings.epochs());
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
    Kernels kernels = kernels(spec, rows, settings);
    Network network = new Network(spec, kernels);
    network.initialize(settings.seed());
    return run(network, kernels, objective, rows, settings, listener);
  }

  /// Trains from random weights on rows that are divided already: the settings' fraction of
  /// validation rows does not count.
  ///
  /// @throws FitException as [#run]
  public FitResult run(
      NetworkSpec spec,
      Objective objective,
      TrainingRows rows,
      Split split,
      FitSettings settings,
      FitListener listener) {
    Suitability.check(spec, objective, rows, 1, split.validation());
    Kernels kernels = kernels(spec, rows, settings);
    Network network = new Network(spec, kernels);
    network.initialize(settings.seed());
    return run(network, kernels, objective, rows, split, settings, listener);
  }

  /// The loss of rows at given weights, measured as held-out rows are after an epoch.
  ///
  /// @param measured indices of the rows that count, ascending, at least one
  public MeasuredLoss measure(
      List<LayerParameters> parameters,
      NetworkSpec spec,
      Objective objective,
      TrainingRows rows,
      int[] measured,
      FitSettings settings) {
    Kernels kernels = kernels(spec, measured.length);
    Network network = new Network(spec, kernels);
    network.load(parameters);
    LossTotals totals = new LossTotals(objective);
    try (Training training = new Training(network, objective, rows, settings, kernels)) {
      training.measure(training.pass(measured), totals);
    }
    return new MeasuredLoss(totals.loss(), totals.reconstruction(), totals.klDivergence());
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
    Kernels kernels = kernels(spec, rows, settings);
    Network network = new Network(spec, kernels);
    network.load(parameters);
    return run(network, kernels, objective, rows, settings, listener);
  }

  /// Trains on from given weights on rows that are divided already.
  ///
  /// @throws FitException as [#run]
  public FitResult continueFrom(
      List<LayerParameters> parameters,
      NetworkSpec spec,
      Objective objective,
      TrainingRows rows,
      Split split,
      FitSettings settings,
      FitListener listener) {
    Suitability.check(spec, objective, rows, 1, split.validation());
    Kernels kernels = kernels(spec, rows, settings);
    Network network = new Network(spec, kernels);
    network.load(parameters);
    return run(network, kernels, objective, rows, split, settings, listener);
  }

  private FitResult run(
      Network network,
      Kernels kernels,
      Objective objective,
      TrainingRows rows,
      FitSettings settings,
      FitListener listener) {
    Suitability.check(network.spec(), objective, rows, settings.validation() > 0 ? 2 : 1);
    Split split = Split.draw(rows.rows(), settings.validation(), settings.seed());
    return run(network, kernels, objective, rows, split, settings, listener);
  }

  private FitResult run(
      Network network,
      Kernels kernels,
      Objective objective,
      TrainingRows rows,
      Split split,
      FitSettings settings,
      FitListener listener) {
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
