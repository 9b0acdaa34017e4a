package io.weir.trainer.fit;

import java.util.Arrays;

/// Area under the ROC curve as Keras' `AUC` metric computes it: 200 thresholds evenly spread over
/// [0, 1], trapezoids between them. Needs no memory of the rows.
final class BinnedAuc {
  private static final int THRESHOLDS = 200;

  /// `[i]`: anomalies above exactly i thresholds.
  private final long[] anomalies = new long[THRESHOLDS + 1];

  private final long[] normal = new long[THRESHOLDS + 1];

  void clear() {
    Arrays.fill(anomalies, 0);
    Arrays.fill(normal, 0);
  }

  /// @param probability in [0, 1]
  void add(float probability, boolean anomaly) {
    (anomaly ? anomalies : normal)[above(probability)]++;
  }

  /// The first threshold lies a little below 0, the last a little above 1, the others at i / 199.
  private static int above(float probability) {
    int guess = (int) (probability * (THRESHOLDS - 1.0));
    while (guess > 0 && probability <= guess / (THRESHOLDS - 1.0)) {
      guess--;
    }
    return Math.min(guess + 1, THRESHOLDS - 1);
  }

  /// In [0, 1]; NaN without rows of both kinds.
  double value() {
    double area = 0;
    long truePositives = 0;
    long falsePositives = 0;
    for (int i = THRESHOLDS; i >= 0; i--) {
      long before = truePositives;
      truePositives += anomalies[i];
      falsePositives += normal[i];
      area += 0.5 * (before + truePositives) * normal[i];
    }
    return truePositives == 0 || falsePositives == 0
        ? Double.NaN
        : area / ((double) truePositives * falsePositives);
  }
}
