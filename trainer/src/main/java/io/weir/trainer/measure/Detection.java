package io.weir.trainer.measure;

/// What a threshold makes of labelled rows: a row is flagged if its score is above it.
///
/// @param truePositives flagged anomalies
/// @param falsePositives flagged normal rows
/// @param falseNegatives anomalies that pass
/// @param trueNegatives normal rows that pass
public record Detection(
    double threshold,
    int truePositives,
    int falsePositives,
    int falseNegatives,
    int trueNegatives) {
  /// The share of anomalies among the flagged rows; 0 if none is flagged.
  public double precision() {
    return ratio(truePositives, truePositives + falsePositives);
  }

  /// The share of flagged rows among the anomalies.
  public double recall() {
    return ratio(truePositives, truePositives + falseNegatives);
  }

  /// The harmonic mean of precision and recall.
  public double f1() {
    return ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives);
  }

  private static double ratio(int part, int whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
