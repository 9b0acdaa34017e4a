package io.weir.trainer.measure;

import io.weir.trainer.measure.ParetoFit.Estimator;
import java.util.Optional;

/// Fits a generalised Pareto distribution by probability-weighted moments: `mean` and the mean of
/// the excesses weighted by the share that lies above them (J. R. M. Hosking and J. R. Wallis,
/// Parameter and quantile estimation for the generalized Pareto distribution, Technometrics 29,
/// 1987).
final class WeightedMomentsFit {
  /// Above, the estimates have no variance.
  static final double SHAPE_MAX = 0.5;

  private WeightedMomentsFit() {}

  /// Fits.
  ///
  /// @param excesses above 0, ascending
  /// @return empty where the shape is outside -0.5 to [#SHAPE_MAX], or the fitted tail ends below
  ///   the largest excess
  static Optional<ParetoFit> of(double[] excesses) {
    int n = excesses.length;
    double mean = 0;
    double weighted = 0;
    for (int i = 0; i < n; i++) {
      mean += excesses[i];
      // Hosking's plotting position.
      weighted += excesses[i] * (1 - (i + 0.65) / n);
    }
    mean /= n;
    weighted /= n;
    double rest = mean - 2 * weighted;
    double shape = 2 - mean / rest;
    double scale = 2 * mean * weighted / rest;
    ParetoFit fit = new ParetoFit(shape, scale, Estimator.PROBABILITY_WEIGHTED_MOMENTS);
    boolean usable =
        rest > 0
            && shape > GrimshawFit.SHAPE_MIN
            && shape < SHAPE_MAX
            && Double.isFinite(fit.logSurvival(excesses[n - 1]));
    return usable ? Optional.of(fit) : Optional.empty();
  }
}
