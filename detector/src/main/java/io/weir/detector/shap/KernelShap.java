package io.weir.detector.shap;

import java.util.stream.IntStream;

/// Kernel SHAP (Lundberg and Lee, "A Unified Approach to Interpreting Model Predictions", 2017) of
/// any function of rows. The worth of a coalition of players is what the function gives on average
/// over the background rows when the players' values are those of the explained row.
///
/// Up to [#MAX_EXACT_PLAYERS] players all coalitions are looked at, and the result is exact; above,
/// `2 M + 2048` of them, as in Python's shap, and it is an estimate. The same input gives the same
/// bits. A player whose values are those of every background row has the value 0, and costs
/// nothing. Not thread-safe.
public final class KernelShap {
  /// The most players whose coalitions are all looked at: 16,384.
  public static final int MAX_EXACT_PLAYERS = 14;

  private static final int BUDGET_PER_PLAYER = 2;
  private static final int BUDGET = 2_048;

  private final RowFunction function;
  private final float[] background;
  private final double[] weights;
  private final int[][] players;
  private final int maxExact;
  private final long seed;
  private final int values;
  private long computed;

  /// @param background [rows x values], row-major, NaN where missing
  /// @param weights [rows] above 0, 1 in sum
  /// @param players the values of a row that belong to each; a value that belongs to nobody is
  ///   always that of the background
  /// @param seed of the choice of coalitions
  public KernelShap(
      RowFunction function, float[] background, double[] weights, int[][] players, long seed) {
    this(function, background, weights, players, seed, MAX_EXACT_PLAYERS);
  }

  /// @param maxExact the most players whose coalitions are all looked at
  KernelShap(
      RowFunction function,
      float[] background,
      double[] weights,
      int[][] players,
      long seed,
      int maxExact) {
    if (weights.length == 0 || background.length % weights.length != 0) {
      throw new IllegalArgumentException(
          "%d values are not %d rows".formatted(background.length, weights.length));
    }
    this.function = function;
    this.background = background;
    this.weights = weights;
    this.players = players;
    this.seed = seed;
    this.maxExact = maxExact;
    this.values = background.length / weights.length;
  }

  /// Explains a row.
  ///
  /// @param row [values], NaN where missing
  /// @throws UnexplainableException where the function is not finite
  public Attribution explain(float[] row) {
    computed = 0;
    int[] varying = IntStream.range(0, players.length).filter(p -> varies(row, p)).toArray();
    double[] few;
    double empty;
    double full;
    int looked;
    boolean exact = varying.length <= maxExact;
    if (exact) {
      Coalitions all = Coalitions.all(varying.length);
      double[] worth = worth(row, varying, all);
      looked = all.count();
      empty = worth[0];
      full = worth[looked - 1];
      few = ShapleyValues.exact(varying.length, worth);
    } else {
      double[] ends = ends(row, varying);
      empty = ends[0];
      full = ends[1];
      int budget = BUDGET_PER_PLAYER * varying.length + BUDGET;
      Coalitions chosen = Coalitions.chosen(varying.length, budget, seed);
      looked = chosen.count() + 2;
      few =
          ShapleyValues.regression(
              varying.length, chosen, worth(row, varying, chosen), empty, full);
    }
    double[] phi = new double[players.length];
    for (int i = 0; i < varying.length; i++) {
      phi[varying[i]] = few[i];
    }
    return new Attribution(empty, full, phi, exact, looked, computed);
  }

  private boolean varies(float[] row, int player) {
    for (int at : players[player]) {
      int bits = Float.floatToIntBits(row[at]);
      for (int b = at; b < background.length; b += values) {
        if (Float.floatToIntBits(background[b]) != bits) {
          return true;
        }
      }
    }
    return false;
  }

  /// The worth of nobody and of all.
  private double[] ends(float[] row, int[] varying) {
    int[] together =
        IntStream.of(varying).flatMap(player -> IntStream.of(players[player])).toArray();
    return worth(row, new int[][] {together}, Coalitions.all(1));
  }

  private double[] worth(float[] row, int[] varying, Coalitions coalitions) {
    int[][] places = new int[varying.length][];
    for (int i = 0; i < varying.length; i++) {
      places[i] = players[varying[i]];
    }
    return worth(row, places, coalitions);
  }

  /// The worth of each coalition.
  private double[] worth(float[] row, int[][] places, Coalitions coalitions) {
    double[] worth = new double[coalitions.count()];
    float[] rows = function.rows();
    int most = function.maxRows();
    int filled = 0;
    long first = 0;
    for (int c = 0; c < worth.length; c++) {
      for (int b = 0; b < weights.length; b++) {
        int to = filled * values;
        System.arraycopy(background, b * values, rows, to, values);
        for (int p = 0; p < places.length; p++) {
          if (coalitions.contains(c, p)) {
            for (int at : places[p]) {
              rows[to + at] = row[at];
            }
          }
        }
        if (++filled == most) {
          add(first, filled, worth);
          first += filled;
          filled = 0;
        }
      }
    }
    if (filled > 0) {
      add(first, filled, worth);
    }
    return worth;
  }

  /// Adds the values of computed rows to the coalitions they are of.
  private void add(long first, int count, double[] worth) {
    function.compute(count);
    computed += count;
    for (int i = 0; i < count; i++) {
      double value = function.value(i);
      if (!Double.isFinite(value)) {
        throw new UnexplainableException(
            "The model gives "
                + value
                + " for a mixture of this event and usual ones: its values"
                + " are too far out to be shared out among the features");
      }
      int b = (int) ((first + i) % weights.length);
      worth[(int) ((first + i) / weights.length)] += weights[b] * value;
    }
  }
}
