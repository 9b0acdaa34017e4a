package io.weir.detector.shap;

import io.weir.detector.BatchScorer;

/// The score of rows.
record ScoreFunction(BatchScorer scorer) implements RowFunction {
  @Override
  public int maxRows() {
    return scorer.maxBatch();
  }

  @Override
  public float[] rows() {
    return scorer.features();
  }

  @Override
  public void compute(int count) {
    scorer.scoreRows(count);
  }

  @Override
  public double value(int row) {
    return scorer.score(row);
  }
}
