package io.weir.trainer.engine.random;

/// A sequence of random numbers for one purpose, made of consecutive [Philox] counters. The same
/// seed, purpose and index give the same sequence on every machine and JDK. Not thread-safe.
public final class RandomStream {
  /// What random numbers are for; each purpose has its own numbers.
  public enum Purpose {
    /// Initial weights; indexed by layer.
    WEIGHTS,
    /// Which rows are held out.
    SPLIT,
    /// The order of the rows; indexed by epoch.
    SHUFFLE,
    /// Sampling of the latent in training; indexed by epoch.
    NOISE,
    /// Sampling of the latent in validation.
    VALIDATION_NOISE,
    /// What dropout keeps; indexed by epoch and layer.
    DROPOUT,
    /// Which rows stand for usual events in explanations.
    BACKGROUND
  }

  private final long seed;
  private final int purpose;
  private final int index;
  private final int[] even = new int[2];
  private final int[] odd = new int[2];
  private long counter;
  private int used = 4;

  /// @param index tells streams of one purpose apart
  public RandomStream(long seed, Purpose purpose, int index) {
    this.seed = seed;
    this.purpose = purpose.ordinal();
    this.index = index;
  }

  /// 32 uniform bits.
  public int nextInt() {
    if (used == 4) {
      Philox.pairs((int) counter, (int) (counter >>> 32), index, purpose, seed, even, odd, 0);
      counter++;
      used = 0;
    }
    int word = (used & 1) == 0 ? even[used >> 1] : odd[used >> 1];
    used++;
    return word;
  }

  /// Uniform in [0, bound), without bias (Lemire, "Fast random integer generation in an interval",
  /// 2019).
  public int nextInt(int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("bound " + bound + " must be at least 1");
    }
    long product = (nextInt() & 0xFFFFFFFFL) * bound;
    long low = product & 0xFFFFFFFFL;
    if (low < bound) {
      long threshold = (1L << 32) % bound;
      while (low < threshold) {
        product = (nextInt() & 0xFFFFFFFFL) * bound;
        low = product & 0xFFFFFFFFL;
      }
    }
    return (int) (product >>> 32);
  }

  /// Uniform in [0, 1), a multiple of 2^-53.
  public double nextDouble() {
    long high = nextInt() & 0xFFFFFFFFL;
    long low = nextInt() & 0xFFFFFFFFL;
    return ((high << 21) ^ (low >>> 11)) * 0x1p-53;
  }

  /// Standard normal (Box and Muller, 1958).
  public double nextGaussian() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextDouble()));
    return radius * StrictMath.cos(2 * Math.PI * nextDouble());
  }

  /// Uniform permutation of `values` in place (Fisher and Yates).
  public void shuffle(int[] values) {
    shuffle(values, 0, values.length);
  }

  /// Uniform permutation of `values[from]` to `values[to - 1]`.
  public void shuffle(int[] values, int from, int to) {
    for (int i = to - 1; i > from; i--) {
      int j = from + nextInt(i - from + 1);
      int swap = values[i];
      values[i] = values[j];
      values[j] = swap;
    }
  }
}
