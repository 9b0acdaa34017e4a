package io.weir.benchmarks.calibration;

import java.util.SplittableRandom;

/// Events without anomalies: eight numbers made of three hidden causes and noise.
enum Events {
  /// Causes and noise are normally distributed.
  NORMAL {
    @Override
    double draw(SplittableRandom random) {
      return random.nextGaussian();
    }
  },
  /// Causes and noise follow Student's t distribution with 3 degrees of freedom: one event in
  /// 10,000 is 22 standard units away.
  HEAVY {
    @Override
    double draw(SplittableRandom random) {
      double squares = 0;
      for (int i = 0; i < 3; i++) {
        double z = random.nextGaussian();
        squares += z * z;
      }
      return random.nextGaussian() / Math.sqrt(squares / 3);
    }
  };

  static final int FEATURES = 8;
  private static final int CAUSES = 3;
  private static final double NOISE = 0.3;

  abstract double draw(SplittableRandom random);

  /// Writes an event to `into[at]` and following.
  void next(SplittableRandom random, float[] into, int at) {
    double first = draw(random);
    double second = draw(random);
    double third = draw(random);
    for (int f = 0; f < FEATURES; f++) {
      // Each feature leans towards another mixture of the causes.
      double angle = 2 * Math.PI * f / FEATURES;
      double mixed = Math.cos(angle) * first + Math.sin(angle) * second + (f % CAUSES) * third / 2;
      into[at + f] = (float) (mixed + NOISE * draw(random));
    }
  }
}
