package io.weir.schemas.card;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/// A generalised Pareto distribution of what the highest scores exceed a high one by: peaks over
/// threshold (Pickands 1975; Balkema and de Haan 1974). The probability that a score exceeds
/// `start` by more than `y` is `excesses / rows x (1 + shape y / scale)^(-1 / shape)`, with `exp(-y
/// / scale)` for the shape 0.
///
/// @param start the score from which the tail is modelled, in the unit of the score
/// @param excesses how many of the rows scored more than that
/// @param shape xi: above 0 heavy, 0 exponential, below 0 with an end
/// @param scale sigma, above 0, in the unit of the score; 0 where nothing could be fitted
/// @param estimator `maximum_likelihood`, `probability_weighted_moments`, or `none` where nothing
///   could be fitted
/// @param goodness p-value of the fit, 0 to 1: low where the scores are of another distribution
/// @param refusal why the fit must not be used, a sentence; null where it may. The numbers of a
///   refused fit say what was tried
@JsonIgnoreProperties(ignoreUnknown = true)
public record ScoreTail(
    double start,
    long excesses,
    double shape,
    double scale,
    String estimator,
    double goodness,
    String refusal) {
  /// Whether thresholds and rarities may be taken from it.
  public boolean usable() {
    return refusal == null;
  }

  /// The probability that a score above the start exceeds it by more than `excess`.
  ///
  /// @param excess at least 0
  /// @return 1 to 0, which it is beyond the end of a tail that has one
  double exceeds(double excess) {
    double scaled = excess / scale;
    if (shape == 0) {
      return Math.exp(-scaled);
    }
    return shape * scaled <= -1 ? 0 : Math.exp(-Math.log1p(shape * scaled) / shape);
  }

  /// The inverse of [#exceeds].
  ///
  /// @param probability above 0, at most 1
  double excessOf(double probability) {
    double depth = -Math.log(probability);
    return scale * (shape == 0 ? depth : Math.expm1(shape * depth) / shape);
  }
}
