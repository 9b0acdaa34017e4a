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
    float[] latent) {}
