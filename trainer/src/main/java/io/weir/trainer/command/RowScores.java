package io.weir.trainer.command;

import io.weir.detector.BatchScorer;
import io.weir.detector.Detector;
import io.weir.trainer.data.Dataset;

/// The scores of all rows of a data set, computed just as the stream computes them.
///
/// @param score [rows]
/// @param reconstructionLoss [rows]
/// @param klDivergence [rows] before weighting
record RowScores(float[] score, float[] reconstructionLoss, float[] klDivergence) {
  /// Rows of one call; the bits do not depend on it.
  private static final int BATCH = 512;

  /// @param rows bound to the detector's features
  static RowScores of(Detector detector, Dataset rows) {
    int count = rows.rows();
    RowScores scores = new RowScores(new float[count], new float[count], new float[count]);
    try (BatchScorer scorer = detector.scorer(BATCH)) {
      for (int from = 0; from < count; from += BATCH) {
        int batch = Math.min(BATCH, count - from);
        rows.raw().read(from, batch, scorer.features(), 0);
        scorer.scoreRows(batch);
        for (int i = 0; i < batch; i++) {
          scores.score[from + i] = scorer.score(i);
          scores.reconstructionLoss[from + i] = scorer.reconstructionLoss(i);
          scores.klDivergence[from + i] = scorer.klDivergence(i);
        }
      }
    }
    return scores;
  }
}
