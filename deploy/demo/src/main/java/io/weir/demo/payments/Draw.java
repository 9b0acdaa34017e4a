package io.weir.demo.payments;

import java.util.random.RandomGenerator;

/// Random draws that the JDK does not have.
final class Draw {
  private Draw() {}

  /// An index with probability proportional to its weight.
  static int index(double[] weights, double sum, RandomGenerator random) {
    double left = random.nextDouble() * sum;
    for (int i = 0; i < weights.length - 1; i++) {
      left -= weights[i];
      if (left < 0) {
        return i;
      }
    }
    return weights.length - 1;
  }

  /// A country by its share.
  static Country country(RandomGenerator random) {
    double left = random.nextDouble();
    for (Country country : Country.values()) {
      left -= country.share;
      if (left < 0) {
        return country;
      }
    }
    return Country.DE;
  }

  /// Exponentially distributed with this mean.
  static double exponential(double mean, RandomGenerator random) {
    return -mean * Math.log(1 - random.nextDouble());
  }

  /// Gamma distributed with scale 1 and a shape of at least 1 (Marsaglia and Tsang, 2000).
  static double gamma(double shape, RandomGenerator random) {
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = random.nextGaussian();
      double v = Math.pow(1 + c * x, 3);
      if (v > 0 && Math.log(1 - random.nextDouble()) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
        return d * v;
      }
    }
  }

  /// Log-normally distributed: median times exp(sigma N(0, 1)), in whole cents, at least 0.20.
  static double amount(double median, double sigma, RandomGenerator random) {
    double raw = median * Math.exp(sigma * random.nextGaussian());
    return Math.max(0.2, Math.round(raw * 100) / 100.0);
  }

  /// One of the given values.
  @SafeVarargs
  static <T> T oneOf(RandomGenerator random, T... values) {
    return values[random.nextInt(values.length)];
  }
}
