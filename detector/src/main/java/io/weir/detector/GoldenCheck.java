package io.weir.detector;

import io.weir.schemas.card.ModelCard.GoldenVector;
import java.util.List;

/// Replays the golden vectors: whoever publishes writes down what a few rows gave, whoever opens
/// must get the same.
final class GoldenCheck {
  private GoldenCheck() {}

  /// @throws DetectorRefusedException when there are none, or naming the vector and the output that
  ///   is furthest off
  static void check(Detector detector) throws DetectorRefusedException {
    Agreement agreement = Agreement.on(detector.provider(), detector.card());
    List<GoldenVector> golden = detector.card().golden();
    if (golden.isEmpty()) {
      throw new DetectorRefusedException(
          detector.origin(),
          "its card has no golden vectors, so nothing proves it on this machine",
          "Publish it again with `weir train`");
    }
    try {
      replay(detector, agreement, golden);
    } catch (ScoringFailedException e) {
      throw new DetectorRefusedException(
          detector.origin(),
          "%s fails to compute its golden vectors (%s)"
              .formatted(detector.provider(), e.getCause().getMessage().lines().findFirst().get()),
          "Use another machine or, with weir.onnx.provider, another kind of processor",
          e);
    }
  }

  private static void replay(Detector detector, Agreement agreement, List<GoldenVector> golden)
      throws DetectorRefusedException {
    try (BatchScorer scorer = detector.scorer(1);
        Explainer explainer = detector.explainer()) {
      for (int i = 0; i < golden.size(); i++) {
        float[] row = row(golden.get(i).features());
        Deviation worst =
            agreement.worst(row, promised(golden.get(i)), answered(row, scorer, explainer));
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

  /// The score as the stream gets it, the rest as alerts get it.
  private static Explanation answered(float[] row, BatchScorer scorer, Explainer explainer) {
    System.arraycopy(row, 0, scorer.features(), 0, row.length);
    scorer.scoreRows(1);
    Explanation explanation = explainer.explain(row, 0);
    return new Explanation(
        scorer.score(0),
        scorer.reconstructionLoss(0),
        scorer.klDivergence(0),
        explanation.expected(),
        explanation.contribution(),
        explanation.latent());
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
