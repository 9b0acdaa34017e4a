package io.weir.schemas.features;

/// Decimals as doubles, without a BigDecimal.
final class Decimals {
  /// The largest power of ten that a double holds exactly.
  private static final int EXACT = 22;

  private static final double[] POWERS = new double[EXACT + 1];

  static {
    for (int i = 0; i <= EXACT; i++) {
      POWERS[i] = Double.parseDouble("1e" + i);
    }
  }

  private Decimals() {}

  /// `unscaled / 10^scale`, the nearest double for up to 15 digits, else within a few units in its
  /// last place. Infinite where a double ends.
  ///
  /// @param start first byte of the unscaled value: two's complement, the highest byte first
  static double value(byte[] b, int start, int end, int scale) {
    double unscaled;
    if (end - start <= Long.BYTES) {
      long number = b[start];
      for (int i = start + 1; i < end; i++) {
        number = number << 8 | b[i] & 0xff;
      }
      unscaled = number;
    } else {
      unscaled = b[start];
      for (int i = start + 1; i < end; i++) {
        unscaled = unscaled * 256 + (b[i] & 0xff);
      }
    }
    if (scale >= 0 && scale <= EXACT) {
      return unscaled / POWERS[scale];
    }
    return unscaled == 0 ? 0 : unscaled * StrictMath.pow(10, -(double) scale);
  }
}
