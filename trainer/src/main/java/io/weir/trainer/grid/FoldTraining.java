package io.weir.trainer.grid;

import io.weir.trainer.engine.layer.Activation;
import io.weir.trainer.engine.network.NetworkSpec;
import io.weir.trainer.fit.EpochLoss;
import io.weir.trainer.fit.Fit;
import io.weir.trainer.fit.FitException.Diverged;
import io.weir.trainer.fit.FitListener;
import io.weir.trainer.fit.FitResult;
import io.weir.trainer.fit.FitResult.Ending;
import io.weir.trainer.fit.FitSettings;
import io.weir.trainer.fit.MeasuredLoss;
import io.weir.trainer.fit.Split;
import io.weir.trainer.fit.TrainingRows;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.loss.Reconstruction;
import io.weir.trainer.fit.loss.Reduction;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// Trains a fresh network on one fold and measures it.
///
/// @param seed of the first fold; each further one counts one up, so that their spread also shows
///   what the first weights and the noise do
/// @param threads at most; the result does not depend on it
record FoldTraining(FoldRows data, long seed, int threads) {
  /// @param score what is measured
  /// @param history the losses of every epoch; empty if it diverged
  record Trained(FoldScore score, List<EpochLoss> history) {
    Trained {
      history = List.copyOf(history);
    }
  }

  /// @return empty if the listener stopped it before its end
  /// @throws io.weir.trainer.fit.FitException if the recipe and the rows do not go together
  Optional<Trained> run(Candidate candidate, int fold, FitListener listener) {
    NetworkSpec network = candidate.recipe().network(data.inputs(fold));
    Objective objective = candidate.recipe().objective();
    Split split = data.split(fold);
    TrainingRows rows = data.rows(fold);
    FitSettings settings = settings(candidate, fold);
    FitResult result;
    try {
      result = new Fit().run(network, objective, rows, split, settings, listener);
    } catch (Diverged _) {
      return Optional.of(new Trained(FoldScore.diverged(fold, network.parameters()), List.of()));
    }
    if (result.ending() == Ending.INTERRUPTED) {
      return Optional.empty();
    }
    boolean probabilities =
        network.output().activation() instanceof Activation.Sigmoid
            && inUnitInterval(rows, split.validation());
    Measure measure = new Measure(network, objective, settings, result, probabilities);
    Map<Metric, Double> test = Map.of();
    if (data.hasTest()) {
      TrainingRows unseen = data.test(fold);
      test = measure.of(unseen, IntStream.range(0, unseen.rows()).toArray());
    }
    FoldScore score =
        new FoldScore(
            fold,
            FoldScore.Outcome.COMPLETED,
            network.parameters(),
            result.bestEpoch(),
            result.best().loss(),
            measure.of(rows, split.validation()),
            test);
    return Optional.of(new Trained(score, result.history()));
  }

  private FitSettings settings(Candidate candidate, int fold) {
    return candidate.recipe().schedule().settings(0, seed + fold - 1, threads);
  }

  /// Whether all rows but those held out are probabilities, up to a rounding.
  private static boolean inUnitInterval(TrainingRows rows, int[] heldOut) {
    float[] row = new float[rows.columns()];
    for (int r = 0; r < rows.rows(); r++) {
      rows.source().read(r, 1, row, 0);
      for (float x : row) {
        if ((x < -1e-6f || x > 1 + 1e-6f) && Arrays.binarySearch(heldOut, r) < 0) {
          return false;
        }
      }
    }
    return true;
  }

  /// The measures of one trained network.
  private record Measure(
      NetworkSpec network,
      Objective objective,
      FitSettings settings,
      FitResult result,
      boolean probabilities) {
    Map<Metric, Double> of(TrainingRows rows, int[] measured) {
      Map<Metric, Double> values = new EnumMap<>(Metric.class);
      MeasuredLoss trained = loss(objective, rows, measured);
      values.put(Metric.LOSS, trained.loss());
      values.put(Metric.RECONSTRUCTION_LOSS, trained.reconstructionLoss());
      if (network.variational().isPresent()) {
        values.put(Metric.KL_DIVERGENCE, trained.klDivergence());
      }
      values.put(Metric.MSE, mean(Reconstruction.MSE, rows, measured));
      values.put(Metric.L1, mean(Reconstruction.L1, rows, measured));
      if (probabilities) {
        values.put(Metric.BCE, mean(Reconstruction.BCE, rows, measured));
      }
      return values;
    }

    private double mean(Reconstruction error, TrainingRows rows, int[] measured) {
      Objective plain = new Objective(error, Reduction.MEAN, 0, Reduction.MEAN);
      return loss(plain, rows, measured).reconstructionLoss();
    }

    private MeasuredLoss loss(Objective by, TrainingRows rows, int[] measured) {
      return new Fit().measure(result.parameters(), network, by, rows, measured, settings);
    }
  }
}
