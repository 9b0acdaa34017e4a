package io.weir.detector;

import io.weir.schemas.card.ModelCard.GoldenVector;
import java.util.List;

/// Replays the golden vectors: whoever publishes writes down what a few rows gave, whoever opens
/// must get the same.
final class GoldenCheck {
  private GoldenCheck() {}

  /// @throws DetectorRefusedException naming the vector and the output that is furthest off
  static void check(Detector detector) throws DetectorRefusedException {
    Agreement agreement = new Agreement(detector.card());
    List<GoldenVector> golden = detector.card().golden();
    try (Explainer explainer = detector.explainer()) {
      for (int i = 0; i < golden.size(); i++) {
        float[] row = row(golden.get(i).features());
        Deviation worst = agreement.worst(row, promised(golden.get(i)), explainer.explain(row, 0));
        if (!worst.agrees()) {
          throw new DetectorRefusedException(
              detector.origin(),
              "golden vector %d of %d does not reproduce with %s: %s"
                  .formatted(i, golden.size(), Detector.runtime(), worst),
              "The file is damaged or this runtime computes differently: publish it again, or use"
                  + " the ONNX Runtime version it was published with");
        }
      }
    }
  }

  private static float[] row(List<Float> values) {
    float[] row = new float[values.size()];
    for (int i = 0; i < row.length; i++) {
      Float value = values.get(i);
      row[i] = value == null ? Float.NaN : value;
    }
    return row;
  }

  private static Explanation promised(GoldenVector vector) {
    return new Explanation(
        vector.score(),
        vector.reconstructionLoss(),
        vector.klDivergence(),
        row(vector.expected()),
        row(vector.contribution()),
        row(vector.latent()));
  }
}
