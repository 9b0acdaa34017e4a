package io.weir.trainer.measure;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/// Samples of known distributions.
final class Tails {
  private Tails() {}

  /// @param quantile of the distribution, of a probability above 0 and below 1
  static float[] sample(int rows, long seed, DoubleUnaryOperator quantile) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] sample = new float[rows];
    for (int row = 0; row < rows; row++) {
      sample[row] = (float) quantile.applyAsDouble(random.nextDouble(Double.MIN_NORMAL, 1));
    }
    Arrays.sort(sample);
    return sample;
  }

  static float[] normal(int rows, long seed, DoubleUnaryOperator of) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] sample = new float[rows];
    for (int row = 0; row < rows; row++) {
      sample[row] = (float) of.applyAsDouble(random.nextGaussian());
    }
    Arrays.sort(sample);
    return sample;
  }

  static double exponential(double p) {
    return -Math.log1p(-p);
  }

  static DoubleUnaryOperator pareto(double shape) {
    return p -> Math.expm1(shape * exponential(p)) / shape;
  }

  /// The same scores in another unit.
  static float[] times(float[] scores, float factor) {
    float[] changed = new float[scores.length];
    for (int i = 0; i < scores.length; i++) {
      changed[i] = scores[i] * factor;
    }
    return changed;
  }
}
