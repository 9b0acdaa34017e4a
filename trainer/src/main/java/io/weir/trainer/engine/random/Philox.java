package io.weir.trainer.engine.random;

/// Philox4x32-10, a counter-based generator: four random words are a pure function of a counter and
/// a key, so any of them can be had at any time, by any thread (Salmon et al., "Parallel random
/// numbers: as easy as 1, 2, 3", 2011). The test holds the authors' known answers.
public final class Philox {
  private static final long MULTIPLIER_0 = 0xD2511F53L;
  private static final long MULTIPLIER_1 = 0xCD9E8D57L;
  private static final int WEYL_0 = 0x9E3779B9;
  private static final int WEYL_1 = 0xBB67AE85;
  private static final long LOW = 0xFFFFFFFFL;

  private Philox() {}

  /// Words 0 and 2 go to `even[at]`, `even[at + 1]`, words 1 and 3 to `odd[at]`, `odd[at + 1]`.
  ///
  /// @param c0 to `c3`: the counter
  /// @param key low half: first key word
  public static void pairs(
      int c0, int c1, int c2, int c3, long key, int[] even, int[] odd, int at) {
    int k0 = (int) key;
    int k1 = (int) (key >>> 32);
    for (int round = 0; round < 10; round++) {
      long p0 = MULTIPLIER_0 * (c0 & LOW);
      long p1 = MULTIPLIER_1 * (c2 & LOW);
      c0 = (int) (p1 >>> 32) ^ c1 ^ k0;
      c1 = (int) p1;
      c2 = (int) (p0 >>> 32) ^ c3 ^ k1;
      c3 = (int) p0;
      k0 += WEYL_0;
      k1 += WEYL_1;
    }
    even[at] = c0;
    odd[at] = c1;
    even[at + 1] = c2;
    odd[at + 1] = c3;
  }
}
