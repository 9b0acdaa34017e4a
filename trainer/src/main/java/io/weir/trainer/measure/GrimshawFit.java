package io.weir.trainer.measure;

import io.weir.trainer.measure.ParetoFit.Estimator;
import java.util.Optional;

/// Fits a generalised Pareto distribution by maximum likelihood, in one dimension: with `theta =
/// -shape / scale` the best shape for a given theta is the mean of `log(1 - theta y)`, and the
/// likelihood has its extrema where `h(theta) = 0` (S. D. Grimshaw, Computing maximum likelihood
/// estimates for the generalized Pareto distribution, Technometrics 35, 1993).
///
/// All extrema are looked for, by the changes of sign of `h` along a geometric grid on both sides
/// of 0, where `h` is 0 as well: there the distribution is the exponential one.
final class GrimshawFit {
  /// Below, the estimates have no normal distribution, and soon the likelihood has no maximum.
  static final double SHAPE_MIN = -0.5;

  /// Above, the excesses have no mean.
  static final double SHAPE_MAX = 1;

  /// Shapes nearer to 0 than about this are taken for 0.
  private static final double NEAREST = 1e-4;

  private static final double STEP = 1.5;

  /// How near to its upper limit theta is looked for, as a fraction.
  private static final double EDGE = 1e-9;

  private static final double PRECISION = 1e-11;
  private static final int ITERATIONS = 100;

  private final double[] excesses;
  private final double largest;
  private final double mean;
  private ParetoFit best;
  private double bestLikelihood;

  private GrimshawFit(double[] excesses) {
    this.excesses = excesses;
    double sum = 0;
    double max = 0;
    for (double y : excesses) {
      sum += y;
      max = Math.max(max, y);
    }
    this.mean = sum / excesses.length;
    this.largest = max;
    this.best = new ParetoFit(0, mean, Estimator.MAXIMUM_LIKELIHOOD);
    this.bestLikelihood = -Math.log(mean) - 1;
  }

  /// Fits.
  ///
  /// @param excesses above 0, in any order, scaled to a median of about 1
  /// @return empty where the likelihood has no maximum with a shape between [#SHAPE_MIN] and
  ///   [#SHAPE_MAX]
  static Optional<ParetoFit> of(double[] excesses) {
    GrimshawFit fit = new GrimshawFit(excesses);
    fit.heavyTails();
    fit.endingTails();
    // At the shape -1 the distribution is uniform up to the largest excess.
    boolean atEdge = -Math.log(fit.largest) > fit.bestLikelihood;
    double shape = fit.best.shape();
    return atEdge || shape <= SHAPE_MIN || shape >= SHAPE_MAX
        ? Optional.empty()
        : Optional.of(fit.best);
  }

  private void heavyTails() {
    double before = -NEAREST / mean;
    double sign = h(before);
    while (shape(before) < 2 * SHAPE_MAX) {
      double theta = before * STEP;
      double next = h(theta);
      consider(before, sign, theta, next);
      before = theta;
      sign = next;
    }
  }

  private void endingTails() {
    double before = NEAREST / mean;
    if (before >= 0.5 / largest) {
      return;
    }
    double sign = h(before);
    while (shape(before) > -1 && 1 - before * largest > EDGE) {
      double theta =
          before * STEP < 0.5 / largest
              ? before * STEP
              : (1 - 0.5 * (1 - before * largest)) / largest;
      double next = h(theta);
      consider(before, sign, theta, next);
      before = theta;
      sign = next;
    }
  }

  /// Takes the extremum between two thetas, if there is one and it is the best so far.
  private void consider(double from, double hFrom, double to, double hTo) {
    if (hFrom * hTo > 0) {
      return;
    }
    double theta = root(from, hFrom, to, hTo);
    double shape = shape(theta);
    double scale = -shape / theta;
    double likelihood = -Math.log(scale) - shape - 1;
    if (likelihood > bestLikelihood) {
      best = new ParetoFit(shape, scale, Estimator.MAXIMUM_LIKELIHOOD);
      bestLikelihood = likelihood;
    }
  }

  /// Regula falsi after the Illinois rule: the end that stays for a second time counts half.
  private double root(double from, double hFrom, double to, double hTo) {
    double a = from;
    double b = to;
    double ha = hFrom;
    double hb = hTo;
    for (int i = 0; i < ITERATIONS && hb != 0 && Math.abs(b - a) > PRECISION * Math.abs(b); i++) {
      double c = (a * hb - b * ha) / (hb - ha);
      double hc = h(c);
      if (hc * hb < 0) {
        a = b;
        ha = hb;
      } else {
        ha /= 2;
      }
      b = c;
      hb = hc;
    }
    return b;
  }

  private double shape(double theta) {
    double sum = 0;
    for (double y : excesses) {
      sum += Math.log1p(-theta * y);
    }
    return sum / excesses.length;
  }

  private double h(double theta) {
    double logs = 0;
    double inverses = 0;
    for (double y : excesses) {
      logs += Math.log1p(-theta * y);
      inverses += 1 / (1 - theta * y);
    }
    int n = excesses.length;
    return (1 + logs / n) * (inverses / n) - 1;
  }
}
