package io.weir.trainer.publish;

import io.weir.detector.Agreement;
import io.weir.detector.BatchScorer;
import io.weir.detector.Detector;
import io.weir.detector.Deviation;
import io.weir.detector.Explainer;
import io.weir.detector.Explanation;
import io.weir.schemas.features.FeatureSpec;
import io.weir.schemas.features.FeatureSpec.Category;
import io.weir.trainer.data.bulk.RowValues;
import io.weir.trainer.data.prepare.Preprocessor;
import io.weir.trainer.onnx.TrainedDetector;
import io.weir.trainer.publish.EngineScorer.Answer;
import io.weir.trainer.publish.GateRows.GateRow;
import java.util.List;

/// Compares a file, run by ONNX Runtime as the stream runs it, with the engine that trained its
/// network, by the rule of [Agreement]. Batches of 1 and of 257 must give the same bits.
final class ParityGate {
  private static final int BATCH = 257;

  /// Words whose reconstructions are this close are equally likely: either may be expected.
  private static final double TIE = 1e-5;

  private ParityGate() {}

  /// @param data [rows x features], or of windows [rows x steps * features]; at least one row
  /// @throws ParityException when an output of any row disagrees
  static Parity check(Detector file, TrainedDetector engine, RowValues data)
      throws ParityException {
    List<GateRow> rows = GateRows.of(engine, data);
    float[] raw = flat(rows);
    List<Answer> answers = new EngineScorer(engine).score(raw, rows.size());
    Agreement agreement = new Agreement(file.card());
    Deviation worst = null;
    String where = null;
    try (BatchScorer batches = file.scorer(BATCH);
        BatchScorer single = file.scorer(1);
        Explainer explainer = file.explainer()) {
      for (int row = 0; row < rows.size(); row++) {
        int inBatch = row % BATCH;
        float[] values = rows.get(row).values();
        if (inBatch == 0) {
          int count = Math.min(BATCH, rows.size() - row);
          System.arraycopy(raw, row * values.length, batches.features(), 0, count * values.length);
          batches.scoreRows(count);
        }
        System.arraycopy(values, 0, single.features(), 0, values.length);
        single.scoreRows(1);
        Explanation explained = explainer.explain(values, 0);
        Explanation actual =
            new Explanation(
                batches.score(inBatch),
                batches.reconstructionLoss(inBatch),
                batches.klDivergence(inBatch),
                explained.expected(),
                explained.contribution(),
                explained.latent());
        Deviation deviation = compare(agreement, engine, values, answers.get(row), actual);
        Deviation bits = sameBits(actual.score(), single.score(0), explained.score());
        deviation = bits.agrees() ? deviation : bits;
        if (worst == null || deviation.ratio() > worst.ratio()) {
          worst = deviation;
          where = rows.get(row).what();
        }
      }
    }
    if (!worst.agrees()) {
      throw new ParityException(where, worst, Detector.runtime());
    }
    return new Parity(rows.size(), worst, where);
  }

  private static Deviation compare(
      Agreement agreement,
      TrainedDetector engine,
      float[] values,
      Answer answer,
      Explanation actual) {
    Explanation expected = answer.explanation();
    // Beyond float32 there is nothing left to compare but that both say so.
    return Float.isInfinite(expected.score()) && Float.isInfinite(actual.score())
        ? new Deviation("score", expected.score(), actual.score(), 0, 0)
        : agreement.worst(
            values,
            settleTies(engine.preprocessor(), answer, actual),
            actual,
            answer.lossRounding());
  }

  private static Explanation settleTies(
      Preprocessor preprocessor, Answer answer, Explanation actual) {
    float[] expected = answer.explanation().expected().clone();
    List<FeatureSpec> features = preprocessor.features();
    for (int i = 0; i < expected.length; i++) {
      int f = i % features.size();
      if (features.get(f) instanceof Category category
          && actual.expected()[i] >= 0
          && actual.expected()[i] <= category.unknownIndex()) {
        int first = i / features.size() * preprocessor.inputs() + preprocessor.offset(f);
        float mine = answer.reconstruction()[first + (int) expected[i]];
        float other = answer.reconstruction()[first + (int) actual.expected()[i]];
        if (mine - other <= TIE * Math.max(1, Math.abs(mine))) {
          expected[i] = actual.expected()[i];
        }
      }
    }
    Explanation engine = answer.explanation();
    return new Explanation(
        engine.score(),
        engine.reconstructionLoss(),
        engine.klDivergence(),
        expected,
        engine.contribution(),
        engine.latent());
  }

  private static Deviation sameBits(float inBatch, float alone, float explained) {
    float other = inBatch == alone ? explained : alone;
    return new Deviation(
        "score of the row alone and in a batch", inBatch, other, Math.abs(inBatch - other), 0);
  }

  private static float[] flat(List<GateRow> rows) {
    int values = rows.getFirst().values().length;
    float[] raw = new float[Math.multiplyExact(rows.size(), values)];
    for (int row = 0; row < rows.size(); row++) {
      System.arraycopy(rows.get(row).values(), 0, raw, row * values, values);
    }
    return raw;
  }
}
