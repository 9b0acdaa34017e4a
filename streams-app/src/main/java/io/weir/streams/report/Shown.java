package io.weir.streams.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Numbers and times as people read them.
final class Shown {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final MathContext DIGITS = new MathContext(4);
  private static final int PLAIN_DIGITS = 7;

  private Shown() {}

  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /// Four significant digits.
  static String score(double score) {
    if (!Double.isFinite(score)) {
      return Double.toString(score);
    }
    BigDecimal rounded = new BigDecimal(score).round(DIGITS);
    if (rounded.signum() == 0) {
      return "0";
    }
    int exponent = rounded.precision() - rounded.scale() - 1;
    return exponent < -PLAIN_DIGITS + 2 || exponent >= PLAIN_DIGITS
        ? String.format(Locale.ROOT, "%.3e", rounded.doubleValue())
        : trimmed(rounded);
  }

  private static String trimmed(BigDecimal number) {
    BigDecimal plain = number.stripTrailingZeros();
    return (plain.scale() < 0 ? plain.setScale(0) : plain).toPlainString();
  }

  /// A rate or a ratio, `-` if there is none.
  static String rate(Double rate) {
    return rate == null
        ? "-"
        : String.format(Locale.ROOT, Math.abs(rate) < 10 ? "%,.2f" : "%,.1f", rate);
  }

  static String percent(Double share) {
    return share == null ? "-" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /// One in how many.
  static String rarity(double rarity) {
    return rarity > 1 ? "1 in " + count(Math.round(rarity)) : "-";
  }

  /// In UTC.
  static String time(Long millis) {
    return millis == null ? "-" : TIME.format(Instant.ofEpochMilli(millis));
  }

  static String key(String key) {
    return key == null ? "(no key)" : key.isEmpty() ? "(empty)" : key;
  }
}
