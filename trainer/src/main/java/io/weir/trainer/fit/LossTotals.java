package io.weir.trainer.fit;

import io.weir.trainer.fit.EpochLoss.Classification;
import io.weir.trainer.fit.loss.Objective;
import java.util.Optional;

/// Losses summed over rows, in the order of the rows.
final class LossTotals {
  private final Objective objective;
  private final BinnedAuc auc = new BinnedAuc();
  private double reconstruction;
  private double klDivergence;
  private long rows;
  private double crossEntropy;
  private long right;
  private long classified;

  LossTotals(Objective objective) {
    this.objective = objective;
  }

  void clear() {
    reconstruction = 0;
    klDivergence = 0;
    rows = 0;
    crossEntropy = 0;
    right = 0;
    classified = 0;
    auc.clear();
  }

  void add(double reconstructionSum, double klSum, int count) {
    reconstruction += reconstructionSum;
    klDivergence += klSum;
    rows += count;
  }

  /// Adds what the classifier said of the rows that count for it.
  ///
  /// @return their mean loss
  double addClassified(Batch batch, float[] losses, float[] probabilities) {
    double sum = 0;
    for (int i = 0; i < batch.size(); i++) {
      if (batch.classifierWeights[i] > 0) {
        boolean anomaly = batch.labels[i] > 0;
        sum += losses[i];
        right += probabilities[i] > 0.5f == anomaly ? 1 : 0;
        auc.add(probabilities[i], anomaly);
      }
    }
    crossEntropy += sum;
    classified += batch.classifierRows();
    return sum / batch.classifierRows();
  }

  double reconstruction() {
    return reconstruction / rows;
  }

  double klDivergence() {
    return klDivergence / rows;
  }

  Optional<Classification> classification() {
    return objective
        .classification()
        .map(
            _ ->
                new Classification(
                    crossEntropy / classified, (double) right / classified, auc.value()));
  }

  double loss() {
    double autoencoder =
        objective.reconstructionWeight() * reconstruction() + objective.beta() * klDivergence();
    return classified == 0
        ? autoencoder
        : autoencoder + objective.classifierWeight() * crossEntropy / classified;
  }
}
