package io.weir.trainer.measure;

import io.weir.trainer.measure.ParetoFit.Estimator;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Simulates the critical values in [GoodnessOfFit]: the Anderson-Darling statistic of samples of a
/// generalised Pareto distribution whose parameters are estimated from them.
final class GoodnessTable {
  private static final int EXCESSES = 500;

  private GoodnessTable() {}

  /// Prints both tables. Argument: samples for each row, 40,000 by default.
  public static void main(String[] args) {
    int samples = args.length == 0 ? 40_000 : Integer.parseInt(args[0]);
    for (Estimator estimator : Estimator.values()) {
      System.out.println(estimator);
      double last = estimator == Estimator.MAXIMUM_LIKELIHOOD ? 1 : 0.4;
      for (int row = 0; shape(row) <= last + 1e-9; row++) {
        double[] critical = row(estimator, shape(row), samples, EXCESSES);
        System.out.println(
            "{"
                + String.join(
                    ", ",
                    Arrays.stream(critical)
                        .mapToObj(value -> String.format(Locale.ROOT, "%.3f", value))
                        .toList())
                + "},");
      }
    }
  }

  static double shape(int row) {
    return GoodnessOfFit.FIRST + row * GoodnessOfFit.STEP;
  }

  /// The critical values of one shape. Samples without an estimate do not count.
  static double[] row(Estimator estimator, double shape, int samples, int excesses) {
    double[] statistics =
        IntStream.range(0, samples)
            .parallel()
            .mapToDouble(
                sample -> statistic(estimator, sample(shape, excesses, 1_000_003L * sample)))
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    return Arrays.stream(GoodnessOfFit.P_VALUES)
        .map(p -> statistics[(int) ((1 - p) * statistics.length)])
        .toArray();
  }

  private static double statistic(Estimator estimator, double[] excesses) {
    Optional<ParetoFit> fit =
        switch (estimator) {
          case MAXIMUM_LIKELIHOOD -> GrimshawFit.of(excesses);
          case PROBABILITY_WEIGHTED_MOMENTS -> WeightedMomentsFit.of(excesses);
        };
    return fit.map(f -> GoodnessOfFit.statistic(f, excesses)).orElse(Double.NaN);
  }

  /// Excesses of the scale 1, ascending.
  static double[] sample(double shape, int excesses, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] sample = new double[excesses];
    for (int i = 0; i < excesses; i++) {
      double depth = -Math.log(1 - random.nextDouble());
      sample[i] = Math.abs(shape) < 1e-9 ? depth : Math.expm1(shape * depth) / shape;
    }
    Arrays.sort(sample);
    return sample;
  }
}
