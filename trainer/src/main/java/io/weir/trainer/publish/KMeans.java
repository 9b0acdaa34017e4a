package io.weir.trainer.publish;

import io.weir.trainer.engine.random.RandomStream;
import java.util.Arrays;

/// k-means (Lloyd, "Least squares quantization in PCM", 1982) from centres drawn by k-means++
/// (Arthur and Vassilvitskii, 2007). One thread, one order of sums: the same points and the same
/// random numbers give the same clusters.
final class KMeans {
  private static final int MOST_ROUNDS = 20;

  /// Columns after which a distance is given up that is too large already.
  private static final int STRIDE = 16;

  private final float[] points;
  private final int columns;
  private final int count;
  private final int[] cluster;
  private float[] centres;

  private KMeans(float[] points, int columns) {
    this.points = points;
    this.columns = columns;
    this.count = points.length / columns;
    this.cluster = new int[count];
  }

  /// Clusters by one of their points each.
  ///
  /// @param medoids [clusters] of each the point that is nearest to its centre, the first of equals
  /// @param sizes [clusters] its points, at least 1
  record Clusters(int[] medoids, int[] sizes) {}

  /// Finds clusters.
  ///
  /// @param points [count x columns], row-major, finite, at least one
  /// @param clusters at least 1; there are fewer where fewer points differ
  static Clusters of(float[] points, int columns, int clusters, RandomStream random) {
    KMeans means = new KMeans(points, columns);
    means.draw(clusters, random);
    boolean changed = true;
    for (int round = 0; changed && round < MOST_ROUNDS; round++) {
      means.move();
      changed = means.assign();
    }
    return means.clusters();
  }

  /// Each centre is a point, drawn with its squared distance from the nearest centre so far.
  private void draw(int clusters, RandomStream random) {
    int most = Math.min(clusters, count);
    centres = new float[most * columns];
    double[] distance = new double[count];
    Arrays.fill(distance, Double.POSITIVE_INFINITY);
    int drawn = 0;
    int next = random.nextInt(count);
    while (next >= 0) {
      System.arraycopy(points, next * columns, centres, drawn * columns, columns);
      double sum = 0;
      for (int point = 0; point < count; point++) {
        double near = distance(point, drawn, distance[point]);
        if (near < distance[point]) {
          distance[point] = near;
          cluster[point] = drawn;
        }
        sum += distance[point];
      }
      drawn++;
      next = drawn < most && sum > 0 ? pick(distance, random.nextDouble() * sum) : -1;
    }
    centres = Arrays.copyOf(centres, drawn * columns);
  }

  private static int pick(double[] distance, double at) {
    double below = 0;
    int last = -1;
    for (int point = 0; point < distance.length; point++) {
      if (distance[point] > 0) {
        below += distance[point];
        last = point;
        if (at < below) {
          return point;
        }
      }
    }
    return last;
  }

  /// Centres become the means of their points; one without points stays.
  private void move() {
    int[] sizes = sizes();
    double[] sums = new double[centres.length];
    for (int point = 0; point < count; point++) {
      int from = point * columns;
      int to = cluster[point] * columns;
      for (int i = 0; i < columns; i++) {
        sums[to + i] += points[from + i];
      }
    }
    for (int i = 0; i < centres.length; i++) {
      int size = sizes[i / columns];
      centres[i] = size == 0 ? centres[i] : (float) (sums[i] / size);
    }
  }

  /// Points go to the nearest centre, the first of equals.
  ///
  /// @return whether one went to another than before
  private boolean assign() {
    boolean changed = false;
    for (int point = 0; point < count; point++) {
      int nearest = cluster[point];
      double least = distance(point, nearest, Double.POSITIVE_INFINITY);
      for (int c = 0; c < centres.length / columns; c++) {
        double there = distance(point, c, least);
        if (there < least) {
          least = there;
          nearest = c;
        }
      }
      changed |= nearest != cluster[point];
      cluster[point] = nearest;
    }
    return changed;
  }

  private Clusters clusters() {
    int[] sizes = sizes();
    int[] nearest = new int[sizes.length];
    double[] least = new double[sizes.length];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    Arrays.fill(nearest, -1);
    for (int point = 0; point < count; point++) {
      int c = cluster[point];
      double there = distance(point, c, Double.POSITIVE_INFINITY);
      if (nearest[c] < 0 || there < least[c]) {
        least[c] = there;
        nearest[c] = point;
      }
    }
    return new Clusters(
        Arrays.stream(nearest).filter(point -> point >= 0).toArray(),
        Arrays.stream(sizes).filter(size -> size > 0).toArray());
  }

  private int[] sizes() {
    int[] sizes = new int[centres.length / columns];
    for (int c : cluster) {
      sizes[c]++;
    }
    return sizes;
  }

  /// The squared distance of a point from a centre; where it is at least `limit`, anything that is.
  private double distance(int point, int centre, double limit) {
    int from = point * columns;
    int to = centre * columns;
    double sum = 0;
    for (int start = 0; start < columns && sum < limit; start += STRIDE) {
      int end = Math.min(columns, start + STRIDE);
      double even = 0;
      double odd = 0;
      int i = start;
      for (; i + 1 < end; i += 2) {
        double a = points[from + i] - centres[to + i];
        double b = points[from + i + 1] - centres[to + i + 1];
        even += a * a;
        odd += b * b;
      }
      if (i < end) {
        double a = points[from + i] - centres[to + i];
        even += a * a;
      }
      sum += even + odd;
    }
    return sum;
  }
}
