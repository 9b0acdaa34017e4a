package io.weir.trainer.engine.layer;

import io.weir.trainer.engine.random.RandomStream;

/// Orthogonal matrices, uniform among all of them: the Q of a matrix of normals, with the diagonal
/// of R positive (Saxe et al., 2014; Mezzadri, 2007; Keras' `orthogonal`).
final class Orthogonal {
  private Orthogonal() {}

  /// [rows x columns], row-major, at most as many rows as columns: each row of length 1 and
  /// perpendicular to the others. By the modified Gram-Schmidt process, which makes the diagonal
  /// positive.
  static float[] rows(int rows, int columns, RandomStream random) {
    double[][] q = new double[rows][columns];
    for (double[] row : q) {
      for (int i = 0; i < columns; i++) {
        row[i] = random.nextGaussian();
      }
    }
    for (int i = 0; i < rows; i++) {
      scale(q[i], 1 / Math.sqrt(dot(q[i], q[i])));
      for (int j = i + 1; j < rows; j++) {
        takeAway(q[j], dot(q[i], q[j]), q[i]);
      }
    }
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) q[i / columns][i % columns];
    }
    return values;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void scale(double[] a, double factor) {
    for (int i = 0; i < a.length; i++) {
      a[i] *= factor;
    }
  }

  private static void takeAway(double[] a, double factor, double[] b) {
    for (int i = 0; i < a.length; i++) {
      a[i] -= factor * b[i];
    }
  }
}
