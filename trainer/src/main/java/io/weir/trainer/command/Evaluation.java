package io.weir.trainer.command;

import io.weir.detector.Detector;
import io.weir.schemas.card.ModelCard.Threshold;
import io.weir.trainer.measure.Detection;
import io.weir.trainer.measure.Ranking;

/// What a model made of labelled rows.
///
/// @param model the file
/// @param auroc area under the ROC curve, 0.5 is chance
/// @param auprc average precision, `anomalies / rows` is chance
/// @param policy what chose the threshold
/// @param flagged rows whose score is above the threshold
/// @param precision the share of anomalies among the flagged rows
/// @param recall the share of flagged rows among the anomalies
/// @param bestF1 the highest F1 that any threshold reaches on these very rows, each row by itself:
///   an oracle, for comparisons; no threshold that is chosen beforehand reaches more
/// @param bestF1Threshold where it is reached
/// @param withoutWindow rows that are not measured, since no window ends at them
/// @param seconds from opening the model to the last score
record Evaluation(
    String model,
    String name,
    String version,
    String sha256,
    int rows,
    int anomalies,
    double auroc,
    double auprc,
    double threshold,
    String policy,
    int flagged,
    double precision,
    double recall,
    double f1,
    double bestF1,
    double bestF1Threshold,
    double bestF1Precision,
    double bestF1Recall,
    int withoutWindow,
    double seconds) {

  /// Measures scores against labels.
  static Evaluation of(
      Detector detector,
      String file,
      Ranking ranking,
      Threshold threshold,
      int withoutWindow,
      double seconds) {
    Detection detection = ranking.at(threshold.value());
    Detection best = ranking.bestF1();
    return new Evaluation(
        file,
        detector.card().name(),
        detector.card().version(),
        detector.sha256(),
        ranking.anomalies() + ranking.normal(),
        ranking.anomalies(),
        ranking.auroc(),
        ranking.averagePrecision(),
        threshold.value(),
        threshold.policy(),
        detection.truePositives() + detection.falsePositives(),
        detection.precision(),
        detection.recall(),
        detection.f1(),
        best.f1(),
        best.threshold(),
        best.precision(),
        best.recall(),
        withoutWindow,
        seconds);
  }

  /// For people.
  String text() {
    return """
    Model      %s %s (%s, sha256 %s)
    Rows       %,d, of them %,d anomalies (%.2f %%)
    AUROC      %.4f
    AUPRC      %.4f
    Threshold  %s (%s): %,d rows flagged, precision %.4f, recall %.4f, F1 %.4f
    Best F1    %.4f at %s, precision %.4f, recall %.4f: an oracle that knows these labels\
    """
        .formatted(
            name,
            version,
            model,
            sha256.substring(0, 12),
            rows,
            anomalies,
            100.0 * anomalies / rows,
            auroc,
            auprc,
            threshold,
            policy,
            flagged,
            precision,
            recall,
            f1,
            bestF1,
            (float) bestF1Threshold,
            bestF1Precision,
            bestF1Recall);
  }
}
