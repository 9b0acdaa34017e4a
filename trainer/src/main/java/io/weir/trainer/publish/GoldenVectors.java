package io.weir.trainer.publish;

import io.weir.detector.Detector;
import io.weir.detector.Explainer;
import io.weir.detector.Explanation;
import io.weir.schemas.card.ModelCard.GoldenVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Chooses the rows that every later runtime must reproduce: the quietest, the loudest and some
/// between, and rows with missing values where there may be any. The answers are ONNX Runtime's.
final class GoldenVectors {
  private static final double[] QUANTILES = {0, 0.25, 0.5, 0.75, 0.99, 1};

  private GoldenVectors() {}

  /// @param data [rows x features], at least one row
  /// @param scores [rows] the scores of `data`
  static List<GoldenVector> choose(Detector detector, float[] data, float[] scores) {
    int features = detector.card().features().size();
    Integer[] order = IntStream.range(0, scores.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(row -> scores[row]));
    Map<List<Float>, float[]> rows = new LinkedHashMap<>();
    for (double quantile : QUANTILES) {
      add(rows, row(data, order[(int) Math.round(quantile * (order.length - 1))], features));
    }
    float[] median = row(data, order[order.length / 2], features);
    float[] oneMissing = median.clone();
    float[] allMissing = median.clone();
    for (int f = features - 1; f >= 0; f--) {
      if (detector.card().features().get(f).nullable()) {
        oneMissing = median.clone();
        oneMissing[f] = Float.NaN;
        allMissing[f] = Float.NaN;
      }
    }
    add(rows, oneMissing);
    add(rows, allMissing);
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

  private static float[] row(float[] data, int row, int features) {
    return Arrays.copyOfRange(data, row * features, (row + 1) * features);
  }

  private static List<Float> list(float[] values) {
    List<Float> list = new ArrayList<>(values.length);
    for (float value : values) {
      list.add(value);
    }
    return list;
  }
}
