package io.weir.detector.shap;

/// From the worth of coalitions to the Shapley values of their players.
final class ShapleyValues {
  private ShapleyValues() {}

  /// Shapley's formula: what a player adds, averaged over all orders in which players could join.
  ///
  /// @param worth [2^players] by the bit set of the coalition's players
  static double[] exact(int players, double[] worth) {
    double[] share = new double[players];
    if (players > 0) {
      share[0] = 1.0 / players;
    }
    for (int s = 1; s < players; s++) {
      share[s] = share[s - 1] * s / (players - s);
    }
    double[] phi = new double[players];
    for (int set = 0; set < worth.length; set++) {
      int size = Integer.bitCount(set);
      for (int player = 0; player < players; player++) {
        if ((set >>> player & 1) == 0) {
          phi[player] += share[size] * (worth[set | 1 << player] - worth[set]);
        }
      }
    }
    return phi;
  }

  /// Kernel SHAP's weighted regression: the values that come nearest to the worth of the given
  /// coalitions, and sum to `full - empty`.
  ///
  /// The last player's value follows from the sum; the others solve the normal equations, by
  /// Cholesky's method.
  ///
  /// @param players at least 2
  /// @param worth by coalition
  /// @param empty the worth of nobody
  /// @param full the worth of all
  static double[] regression(
      int players, Coalitions coalitions, double[] worth, double empty, double full) {
    int unknowns = players - 1;
    double[][] normal = new double[unknowns][];
    for (int i = 0; i < unknowns; i++) {
      normal[i] = new double[i + 1];
    }
    double[] right = new double[unknowns];
    int[] set = new int[unknowns];
    for (int c = 0; c < coalitions.count(); c++) {
      boolean last = coalitions.contains(c, unknowns);
      // Where the last player is in, a row is -1 for those who are out, else 1 for those who are
      // in.
      int members = 0;
      for (int i = 0; i < unknowns; i++) {
        if (coalitions.contains(c, i) != last) {
          set[members++] = i;
        }
      }
      double weight = coalitions.weight(c);
      double target = worth[c] - empty - (last ? full - empty : 0);
      double signed = last ? -weight * target : weight * target;
      for (int a = 0; a < members; a++) {
        double[] row = normal[set[a]];
        right[set[a]] += signed;
        for (int b = 0; b <= a; b++) {
          row[set[b]] += weight;
        }
      }
    }
    solve(normal, right);
    double[] phi = new double[players];
    double sum = 0;
    for (int i = 0; i < unknowns; i++) {
      phi[i] = right[i];
      sum += right[i];
    }
    phi[unknowns] = full - empty - sum;
    return phi;
  }

  /// Solves a positive definite system in place.
  ///
  /// @param lower its lower triangle, overwritten by its Cholesky factor
  /// @param right becomes the solution
  private static void solve(double[][] lower, double[] right) {
    int n = right.length;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = lower[i][j];
        for (int k = 0; k < j; k++) {
          sum -= lower[i][k] * lower[j][k];
        }
        if (i == j && !(sum > 0)) {
          throw new IllegalStateException("The coalitions do not tell player " + i + " apart");
        }
        lower[i][j] = i == j ? Math.sqrt(sum) : sum / lower[j][j];
      }
    }
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < i; k++) {
        right[i] -= lower[i][k] * right[k];
      }
      right[i] /= lower[i][i];
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int k = i + 1; k < n; k++) {
        right[i] -= lower[k][i] * right[k];
      }
      right[i] /= lower[i][i];
    }
  }
}
