package io.weir.trainer.measure;

/// How well excesses follow the distribution that was fitted to them: the Anderson-Darling
/// statistic, and its p-value.
///
/// Both parameters were estimated from the same excesses, so that the statistic's distribution
/// depends on the shape and on the estimator (V. Choulakian and M. A. Stephens, Goodness-of-fit
/// tests for the generalized Pareto distribution, Technometrics 43, 2001). The tables were made by
/// simulation: `GoodnessTable` among the tests prints them, and a test compares.
final class GoodnessOfFit {
  /// Of the columns.
  static final double[] P_VALUES = {0.75, 0.5, 0.25, 0.1, 0.05, 0.025, 0.01, 0.005, 0.001};

  /// The shape of the first row, and from one to the next.
  static final double FIRST = -0.4;

  static final double STEP = 0.2;

  /// Rows for the shapes -0.4 to 1.
  private static final double[][] LIKELIHOOD = {
    {0.315, 0.446, 0.648, 0.926, 1.138, 1.362, 1.676, 1.894, 2.423},
    {0.299, 0.420, 0.603, 0.856, 1.050, 1.242, 1.525, 1.739, 2.244},
    {0.284, 0.396, 0.565, 0.793, 0.965, 1.148, 1.396, 1.605, 2.071},
    {0.272, 0.377, 0.532, 0.738, 0.899, 1.074, 1.287, 1.483, 1.907},
    {0.263, 0.362, 0.508, 0.699, 0.848, 1.009, 1.219, 1.390, 1.796},
    {0.257, 0.351, 0.489, 0.671, 0.809, 0.960, 1.166, 1.320, 1.676},
    {0.252, 0.343, 0.477, 0.648, 0.782, 0.926, 1.123, 1.271, 1.598},
    {0.250, 0.340, 0.473, 0.641, 0.775, 0.912, 1.118, 1.265, 1.552},
  };

  /// Rows for the shapes -0.4 to 0.4.
  private static final double[][] MOMENTS = {
    {0.253, 0.346, 0.479, 0.653, 0.788, 0.940, 1.133, 1.284, 1.649},
    {0.253, 0.344, 0.479, 0.654, 0.790, 0.935, 1.128, 1.271, 1.629},
    {0.255, 0.349, 0.487, 0.667, 0.804, 0.956, 1.156, 1.311, 1.691},
    {0.266, 0.365, 0.510, 0.702, 0.849, 1.009, 1.227, 1.381, 1.781},
    {0.284, 0.396, 0.560, 0.781, 0.957, 1.133, 1.385, 1.564, 2.049},
  };

  private GoodnessOfFit() {}

  /// The p-value of a fit: how probable it is that excesses which do follow it are at least so far
  /// from it. Between the columns its logarithm is linear in the statistic, and beyond the last.
  ///
  /// @param excesses ascending, all where the fit has a density
  /// @return 0 to 1
  static double pValue(ParetoFit fit, double[] excesses) {
    return pValueOf(fit, statistic(fit, excesses));
  }

  /// The same of a statistic.
  static double pValueOf(ParetoFit fit, double statistic) {
    double[][] table =
        switch (fit.estimator()) {
          case MAXIMUM_LIKELIHOOD -> LIKELIHOOD;
          case PROBABILITY_WEIGHTED_MOMENTS -> MOMENTS;
        };
    return pValue(row(table, fit.shape()), statistic);
  }

  /// The critical values for a shape, those of the nearest shape where the table ends.
  private static double[] row(double[][] table, double shape) {
    double position = Math.clamp((shape - FIRST) / STEP, 0, table.length - 1.0);
    int below = Math.min((int) position, table.length - 2);
    double[] row = new double[P_VALUES.length];
    for (int c = 0; c < row.length; c++) {
      double way = position - below;
      row[c] = (1 - way) * table[below][c] + way * table[below + 1][c];
    }
    return row;
  }

  private static double pValue(double[] critical, double statistic) {
    if (statistic <= critical[0]) {
      return 1 - (1 - P_VALUES[0]) * statistic / critical[0];
    }
    int above = 1;
    while (above < critical.length - 1 && critical[above] < statistic) {
      above++;
    }
    double way = (statistic - critical[above - 1]) / (critical[above] - critical[above - 1]);
    return P_VALUES[above - 1] * Math.pow(P_VALUES[above] / P_VALUES[above - 1], way);
  }

  /// The Anderson-Darling statistic: 0 is perfect.
  static double statistic(ParetoFit fit, double[] excesses) {
    int n = excesses.length;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double below = Math.log(-Math.expm1(fit.logSurvival(excesses[i])));
      double above = fit.logSurvival(excesses[n - 1 - i]);
      sum += (2 * i + 1) * (below + above);
    }
    return -n - sum / n;
  }
}
