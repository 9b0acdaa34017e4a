package io.weir.detector.shap;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/// Sets of players, each with its weight in kernel SHAP's regression (Lundberg and Lee 2017,
/// theorem 2): `(M - 1) / (C(M, s) s (M - s))` for a set of `s` of `M` players.
final class Coalitions {
  private final int players;
  private final int words;
  private long[] members;
  private double[] weights;
  private int count;

  private Coalitions(int players, int expected) {
    this.players = players;
    this.words = (players + Long.SIZE - 1) / Long.SIZE;
    this.members = new long[Math.max(1, words) * expected];
    this.weights = new double[expected];
  }

  /// All of them: the number of a coalition is the bit set of its players.
  ///
  /// @param players at most 30
  static Coalitions all(int players) {
    Coalitions all = new Coalitions(players, 1 << players);
    long[] one = new long[1];
    for (int set = 0; set < 1 << players; set++) {
      one[0] = set;
      all.add(one, 0);
    }
    return all;
  }

  /// The most important ones, as Python's shap chooses them: from the sizes 1 and M - 1 on inwards,
  /// each size whole while the budget has room for it; of the other sizes a sample, in pairs of a
  /// set and its complement, where what is drawn twice counts twice. The sizes 1 and M - 1 are
  /// always whole, so that no player is left out. The empty and the full set are not among them.
  ///
  /// @param players at least 2
  /// @param budget how many at most; at least 2 x players
  static Coalitions chosen(int players, int budget, long seed) {
    Coalitions chosen = new Coalitions(players, budget);
    double[] sizes = sizeWeights(players);
    int size = 1;
    double left = 1;
    for (; size < sizes.length; size++) {
      double sets = binomial(players, size) * (2 * size == players ? 1 : 2);
      boolean room = (budget - chosen.count) * sizes[size] / left >= sets * (1 - 1e-8);
      if (sets > budget - chosen.count || !room && size > 1) {
        break;
      }
      chosen.addSize(size, sizes[size] / sets);
      left -= sizes[size];
    }
    if (size < sizes.length && budget - chosen.count >= 2) {
      chosen.draw(size, budget, sizes, new SplittableRandom(seed));
    }
    return chosen;
  }

  int count() {
    return count;
  }

  boolean contains(int coalition, int player) {
    return (members[coalition * words + (player >> 6)] >>> player & 1) != 0;
  }

  /// Its share of the kernel's weight.
  double weight(int coalition) {
    return weights[coalition];
  }

  /// By size from 1 to M / 2, with that of the complements; sums to 1.
  private static double[] sizeWeights(int players) {
    double[] weights = new double[players / 2 + 1];
    double sum = 0;
    for (int s = 1; s < weights.length; s++) {
      double kernel = (players - 1.0) / ((double) s * (players - s));
      weights[s] = 2 * s == players ? kernel : 2 * kernel;
      sum += weights[s];
    }
    for (int s = 1; s < weights.length; s++) {
      weights[s] /= sum;
    }
    return weights;
  }

  private static double binomial(int n, int k) {
    double product = 1;
    for (int i = 1; i <= k; i++) {
      product = product * (n - k + i) / i;
    }
    return Math.rint(product);
  }

  /// All sets of a size and their complements.
  private void addSize(int size, double weight) {
    int[] chosen = new int[size];
    Arrays.setAll(chosen, i -> i);
    int last = size - 1;
    while (last >= 0) {
      long[] set = bits(chosen);
      add(set, weight);
      if (2 * size != players) {
        add(complement(set), weight);
      }
      last = size - 1;
      while (last >= 0 && chosen[last] == players - size + last) {
        last--;
      }
      if (last >= 0) {
        chosen[last]++;
        for (int i = last + 1; i < size; i++) {
          chosen[i] = chosen[i - 1] + 1;
        }
      }
    }
  }

  /// Sets from size `from` on, drawn by their weight, until the budget is used up.
  private void draw(int from, int budget, double[] sizes, SplittableRandom random) {
    int first = count;
    double rest = 0;
    for (int s = from; s < sizes.length; s++) {
      rest += sizes[s];
    }
    Map<Set, Integer> known = new HashMap<>();
    int[] order = new int[players];
    Arrays.setAll(order, i -> i);
    // Where few sets are left, most of what is drawn is known already.
    for (int draws = 2 * budget; draws > 0 && count + 2 <= budget; draws--) {
      int size = size(from, sizes, random.nextDouble() * rest);
      for (int i = 0; i < size; i++) {
        int j = i + random.nextInt(players - i);
        int swap = order[i];
        order[i] = order[j];
        order[j] = swap;
      }
      long[] set = bits(Arrays.copyOf(order, size));
      for (long[] each : new long[][] {set, complement(set)}) {
        Integer at = known.putIfAbsent(new Set(each), count);
        if (at == null) {
          add(each, 1);
        } else {
          weights[at]++;
        }
      }
    }
    double drawn = 0;
    for (int c = first; c < count; c++) {
      drawn += weights[c];
    }
    for (int c = first; c < count; c++) {
      weights[c] *= rest / drawn;
    }
  }

  private static int size(int from, double[] sizes, double at) {
    double below = 0;
    for (int s = from; s < sizes.length; s++) {
      below += sizes[s];
      if (at < below) {
        return s;
      }
    }
    return sizes.length - 1;
  }

  private long[] bits(int[] chosen) {
    long[] set = new long[words];
    for (int player : chosen) {
      set[player >> 6] |= 1L << player;
    }
    return set;
  }

  private long[] complement(long[] set) {
    long[] others = new long[words];
    for (int word = 0; word < words; word++) {
      int used = Math.min(Long.SIZE, players - word * Long.SIZE);
      others[word] = ~set[word] & -1L >>> Long.SIZE - used;
    }
    return others;
  }

  private void add(long[] set, double weight) {
    System.arraycopy(set, 0, members, count * words, words);
    weights[count++] = weight;
  }

  /// A key.
  private record Set(long[] bits) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Set(long[] those) && Arrays.equals(bits, those);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bits);
    }
  }
}
