package io.weir.detector;

/// Everything the graph says about one row. The arrays belong to the caller.
///
/// @param score what is compared with the threshold
/// @param reconstructionLoss the first part of the score
/// @param klDivergence the second part, before weighting
/// @param expected [features] the reconstruction in raw units: numbers in their own unit,
///   categories as vocabulary index, cyclic times in seconds from the start of the cycle
/// @param contribution [features] each feature's share of the reconstruction loss; sums to 1
/// @param latent [latent] the latent mean
public record Explanation(
    float score,
    float reconstructionLoss,
    float klDivergence,
    float[] expected,
    float[] contribution,
    float[] latent) {
  /// Each feature's share in all steps of a window together: [features].
  ///
  /// @param features of a step
  public float[] shares(int features) {
    if (contribution.length == features) {
      return contribution.clone();
    }
    double[] sums = new double[features];
    for (int i = 0; i < contribution.length; i++) {
      sums[i % features] += contribution[i];
    }
    float[] shares = new float[features];
    for (int i = 0; i < features; i++) {
      shares[i] = (float) sums[i];
    }
    return shares;
  }

  /// The feature with the largest of the [#shares], the first of equals; NaN is below all.
  public int largestShare(int features) {
    float[] shares = shares(features);
    int largest = 0;
    for (int i = 1; i < features; i++) {
      if (shares[i] > shares[largest] || Float.isNaN(shares[largest]) && !Float.isNaN(shares[i])) {
        largest = i;
      }
    }
    return largest;
  }
}
