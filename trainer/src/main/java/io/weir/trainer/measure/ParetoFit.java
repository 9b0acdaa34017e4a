package io.weir.trainer.measure;

import java.util.Locale;

/// A generalised Pareto distribution fitted to excesses: `P(Y > y) = (1 + shape y / scale)^(-1 /
/// shape)`, `exp(-y / scale)` for the shape 0.
///
/// @param scale above 0, in the unit of the excesses
record ParetoFit(double shape, double scale, Estimator estimator) {
  /// How it was fitted.
  enum Estimator {
    MAXIMUM_LIKELIHOOD,
    PROBABILITY_WEIGHTED_MOMENTS;

    /// As the card has it.
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// The natural logarithm of `P(Y > y)`; minus infinity beyond the end of a tail that has one.
  double logSurvival(double y) {
    double scaled = y / scale;
    if (shape == 0) {
      return -scaled;
    }
    return shape * scaled <= -1 ? Double.NEGATIVE_INFINITY : -Math.log1p(shape * scaled) / shape;
  }

  /// The same for excesses in a unit that is so many times smaller.
  ParetoFit inUnit(double factor) {
    return new ParetoFit(shape, scale * factor, estimator);
  }
}
