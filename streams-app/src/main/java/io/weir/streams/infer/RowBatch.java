package io.weir.streams.infer;

import io.weir.detector.BatchScorer;
import io.weir.detector.Detector;
import io.weir.detector.Explainer;
import java.util.Arrays;

/// The calls of ONNX Runtime of one thread: scores rows together, and explains the anomalous ones
/// among them together.
final class RowBatch implements AutoCloseable {
  /// More rows than this make a row of the explanation no cheaper.
  private static final int EXPLAIN_MAX = 64;

  private final BatchScorer scorer;
  private final Explainer explainer;
  private final float[] features;
  private final int values;
  private final RowJudge judge;
  private final int[] toExplain;
  private final ScoringCalls.Writer calls;

  RowBatch(Detector detector, int batchMax, RowJudge judge, ScoringCalls calls) {
    this.scorer = detector.scorer(batchMax);
    this.explainer = detector.explainer(Math.min(batchMax, EXPLAIN_MAX));
    this.features = scorer.features();
    this.values = detector.card().rowValues();
    this.judge = judge;
    this.toExplain = new int[explainer.maxBatch()];
    this.calls = calls.writer();
  }

  /// The rows to be scored: [max x values], raw, NaN where missing.
  float[] features() {
    return features;
  }

  /// Values of a row.
  int values() {
    return values;
  }

  /// Most rows of a call.
  int max() {
    return scorer.maxBatch();
  }

  /// Scores the first rows; a queue takes what comes out, or is emptied if it fails.
  void run(int rows, PartitionQueue queue) {
    boolean done = false;
    try {
      long start = System.nanoTime();
      scorer.scoreRows(rows);
      calls.call(rows, System.nanoTime() - start);
      int waiting = 0;
      for (int i = 0; i < rows; i++) {
        int segment = judge.segment(features, i * values);
        queue.set(
            i, scorer.score(i), scorer.reconstructionLoss(i), scorer.klDivergence(i), segment);
        if (judge.isAnomalous(segment, scorer.score(i))) {
          toExplain[waiting++] = i;
          if (waiting == toExplain.length) {
            explain(waiting, queue);
            waiting = 0;
          }
        }
      }
      if (waiting > 0) {
        explain(waiting, queue);
      }
      done = true;
    } finally {
      if (!done) {
        queue.forgetScores();
      }
    }
  }

  private void explain(int rows, PartitionQueue queue) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(features, toExplain[i] * values, explainer.features(), i * values, values);
    }
    explainer.explainRows(rows);
    for (int i = 0; i < rows; i++) {
      float[] raw = Arrays.copyOfRange(explainer.features(), i * values, i * values + values);
      queue.explain(toExplain[i], raw, explainer.explanation(i));
    }
  }

  @Override
  public void close() {
    calls.close();
    scorer.close();
    explainer.close();
  }
}
