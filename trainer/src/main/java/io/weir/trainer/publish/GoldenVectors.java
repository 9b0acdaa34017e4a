package io.weir.trainer.publish;

import io.weir.detector.Detector;
import io.weir.detector.Explainer;
import io.weir.detector.Explanation;
import io.weir.schemas.card.ModelCard;
import io.weir.schemas.card.ModelCard.GoldenVector;
import io.weir.schemas.features.FeatureSpec;
import io.weir.trainer.data.bulk.RowValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Chooses the rows that every later runtime must reproduce: the quietest, the loudest and some
/// between, and rows with missing values where there may be any. The answers are ONNX Runtime's.
final class GoldenVectors {
  private static final double[] QUANTILES = {0, 0.25, 0.5, 0.75, 0.99, 1};

  private GoldenVectors() {}

  /// @param data [rows x features], or of windows [rows x steps * features]; at least one row
  /// @param scores [rows] the scores of `data`
  static List<GoldenVector> choose(Detector detector, RowValues data, float[] scores) {
    List<FeatureSpec> features = detector.card().features();
    int[] order = ascending(scores);
    Map<List<Float>, float[]> rows = new LinkedHashMap<>();
    for (double quantile : QUANTILES) {
      add(rows, data.row(order[(int) Math.round(quantile * (order.length - 1))]));
    }
    float[] median = data.row(order[order.length / 2]);
    float[] oneMissing = median.clone();
    float[] allMissing = median.clone();
    for (int i = median.length - 1; i >= 0; i--) {
      if (features.get(i % features.size()).nullable()) {
        oneMissing = median.clone();
        oneMissing[i] = Float.NaN;
        allMissing[i] = Float.NaN;
      }
    }
    add(rows, oneMissing);
    add(rows, allMissing);
    ModelCard.Window window = detector.card().window();
    if (window != null && window.padded()) {
      float[] first = median.clone();
      Arrays.fill(first, 0, median.length - features.size(), Float.NaN);
      add(rows, first);
    }
    List<GoldenVector> golden = new ArrayList<>();
    try (Explainer explainer = detector.explainer()) {
      for (float[] row : rows.values()) {
        golden.add(vector(row, explainer.explain(row, 0)));
      }
    }
    return golden;
  }

  private static void add(Map<List<Float>, float[]> rows, float[] row) {
    rows.putIfAbsent(list(row), row);
  }

  private static GoldenVector vector(float[] row, Explanation explanation) {
    List<Float> features = new ArrayList<>();
    for (float value : row) {
      features.add(Float.isNaN(value) ? null : value);
    }
    return new GoldenVector(
        features,
        explanation.score(),
        explanation.reconstructionLoss(),
        explanation.klDivergence(),
        list(explanation.expected()),
        list(explanation.contribution()),
        list(explanation.latent()));
  }

  /// The rows from the lowest score to the highest, NaN last; equal ones in their order.
  private static int[] ascending(float[] scores) {
    long[] keys = new long[scores.length];
    for (int row = 0; row < scores.length; row++) {
      int bits = Float.floatToIntBits(scores[row]);
      // Negative floats descend where their bits ascend.
      int ordered = bits ^ (bits >> 31 & Integer.MAX_VALUE);
      keys[row] = (long) ordered << 32 | row;
    }
    Arrays.sort(keys);
    int[] order = new int[keys.length];
    Arrays.setAll(order, i -> (int) keys[i]);
    return order;
  }

  private static List<Float> list(float[] values) {
    List<Float> list = new ArrayList<>(values.length);
    for (float value : values) {
      list.add(value);
    }
    return list;
  }
}
