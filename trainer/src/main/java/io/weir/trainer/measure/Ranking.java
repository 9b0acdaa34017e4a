package io.weir.trainer.measure;

import io.weir.trainer.data.ask.DataException;
import java.util.Arrays;

/// Labelled scores from the highest to the lowest, in groups of equal scores: all that ROC and
/// precision-recall curves need. Rows of equal score are never told apart, so their order does not
/// matter.
public final class Ranking {
  /// Per group: its score, and how many anomalies and normal rows score at least that.
  private final float[] scores;

  private final int[] anomalies;
  private final int[] normal;

  private Ranking(float[] scores, int[] anomalies, int[] normal) {
    this.scores = scores;
    this.anomalies = anomalies;
    this.normal = normal;
  }

  /// Ranks scores.
  ///
  /// @param scores [rows] higher is more anomalous; may be infinite
  /// @param labels [rows] 1 for an anomaly, 0 for a normal row
  /// @throws DataException where all rows have the same label
  /// @throws IllegalArgumentException where a score is NaN
  public static Ranking of(float[] scores, byte[] labels) {
    if (scores.length != labels.length) {
      throw new IllegalArgumentException(
          "%d scores, but %d labels".formatted(scores.length, labels.length));
    }
    long[] ascending = sorted(scores, labels);
    float[] groupScores = new float[scores.length];
    int[] anomalies = new int[scores.length];
    int[] normal = new int[scores.length];
    int groups = 0;
    int seenAnomalies = 0;
    int seenNormal = 0;
    for (int i = ascending.length - 1; i >= 0; i--) {
      float score = score(ascending[i]);
      if (groups == 0 || groupScores[groups - 1] != score) {
        groupScores[groups++] = score;
      }
      boolean anomaly = (ascending[i] & 1) == 1;
      anomalies[groups - 1] = seenAnomalies += anomaly ? 1 : 0;
      normal[groups - 1] = seenNormal += anomaly ? 0 : 1;
    }
    if (seenAnomalies == 0 || seenNormal == 0) {
      throw new DataException(
          "All %d rows are labelled %s: measuring takes rows of both labels. Choose other rows or another label column."
              .formatted(scores.length, seenAnomalies == 0 ? "normal" : "anomalous"));
    }
    return new Ranking(
        Arrays.copyOf(groupScores, groups),
        Arrays.copyOf(anomalies, groups),
        Arrays.copyOf(normal, groups));
  }

  /// The area under the ROC curve by trapezoids: the probability that an anomaly scores higher than
  /// a normal row, where a tie counts half (the Mann-Whitney statistic; Hanley and McNeil, 1982).
  ///
  /// @return 0 to 1; 0.5 is chance
  public double auroc() {
    double doubled = 0;
    long higherAnomalies = 0;
    long higherNormal = 0;
    for (int g = 0; g < scores.length; g++) {
      double newNormal = normal[g] - higherNormal;
      doubled += newNormal * (higherAnomalies + anomalies[g]);
      higherAnomalies = anomalies[g];
      higherNormal = normal[g];
    }
    return doubled / 2 / ((double) anomalies() * normal());
  }

  /// Average precision: the precision at every score, weighted by the recall gained there, without
  /// interpolation (scikit-learn's `average_precision_score`).
  ///
  /// @return the share of anomalies (chance) to 1
  public double averagePrecision() {
    double sum = 0;
    int higher = 0;
    for (int g = 0; g < scores.length; g++) {
      double precision = (double) anomalies[g] / (anomalies[g] + normal[g]);
      sum += precision * (anomalies[g] - higher);
      higher = anomalies[g];
    }
    return sum / anomalies();
  }

  /// The threshold of the highest F1; of equal ones the highest threshold. It stands halfway to the
  /// next lower score, so that rounding on another machine does not move a row across.
  public Detection bestF1() {
    int best = 0;
    for (int g = 1; g < scores.length; g++) {
      // F1 = 2 TP / (TP + FP + anomalies), compared as a product of whole numbers.
      long left = (long) anomalies[g] * (anomalies[best] + normal[best] + anomalies());
      long right = (long) anomalies[best] * (anomalies[g] + normal[g] + anomalies());
      best = left > right ? g : best;
    }
    return detection(best, thresholdBelow(best));
  }

  /// What a threshold detects: the rows that score above it.
  public Detection at(double threshold) {
    int above = -1;
    while (above + 1 < scores.length && scores[above + 1] > threshold) {
      above++;
    }
    return above < 0
        ? new Detection(threshold, 0, 0, anomalies(), normal())
        : detection(above, threshold);
  }

  /// Number of rows labelled 1.
  public int anomalies() {
    return anomalies[anomalies.length - 1];
  }

  /// Number of rows labelled 0.
  public int normal() {
    return normal[normal.length - 1];
  }

  private Detection detection(int group, double threshold) {
    return new Detection(
        threshold,
        anomalies[group],
        normal[group],
        anomalies() - anomalies[group],
        normal() - normal[group]);
  }

  private double thresholdBelow(int group) {
    if (group + 1 == scores.length) {
      return Math.nextDown(scores[group]);
    }
    double lower = scores[group + 1];
    double middle = lower + (scores[group] - lower) / 2;
    return Double.isFinite(middle) ? middle : lower;
  }

  /// Score and label packed into one long each, ascending by score.
  private static long[] sorted(float[] scores, byte[] labels) {
    long[] packed = new long[scores.length];
    for (int i = 0; i < scores.length; i++) {
      if (Float.isNaN(scores[i])) {
        throw new IllegalArgumentException("The score of row %d is NaN".formatted(i));
      }
      // Adding 0 makes -0 and 0 the same; then the order of the bits is the order of the values.
      int bits = Float.floatToIntBits(scores[i] + 0f);
      int ordered = bits ^ (bits >> 31 & Integer.MAX_VALUE);
      packed[i] = (long) ordered << 1 | labels[i];
    }
    Arrays.sort(packed);
    return packed;
  }

  private static float score(long packed) {
    int ordered = (int) (packed >> 1);
    return Float.intBitsToFloat(ordered ^ (ordered >> 31 & Integer.MAX_VALUE));
  }
}
