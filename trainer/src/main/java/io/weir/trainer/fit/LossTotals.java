package io.weir.trainer.fit;

/// Losses summed over rows, in the order of the rows.
final class LossTotals {
  private final double beta;
  private double reconstruction;
  private double klDivergence;
  private long rows;

  LossTotals(double beta) {
    this.beta = beta;
  }

  void clear() {
    reconstruction = 0;
    klDivergence = 0;
    rows = 0;
  }

  void add(double reconstructionSum, double klSum, int count) {
    reconstruction += reconstructionSum;
    klDivergence += klSum;
    rows += count;
  }

  double reconstruction() {
    return reconstruction / rows;
  }

  double klDivergence() {
    return klDivergence / rows;
  }

  double loss() {
    return reconstruction() + beta * klDivergence();
  }
}
