package io.weir.streams.notify;

/// Numbers as people read them: thousands are grouped, and there are as many decimals as matter.
/// The same in every locale.
final class NumberText {
  private static final int DECIMALS_MAX = 6;
  private static final double LARGE = 1e12;
  private static final double SMALL = 1e-6;
  private static final long[] TENS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};

  private NumberText() {}

  /// How many decimals let two numbers be compared: none from 1,000 on, two from 0.1 on, below so
  /// many that the smaller one has three digits; and more if they were alike otherwise.
  static int decimals(double one, double other) {
    double smaller = Math.min(Math.abs(one), Math.abs(other));
    if (smaller == 0) {
      smaller = Math.max(Math.abs(one), Math.abs(other));
    }
    int decimals;
    if (smaller >= 1_000) {
      decimals = 0;
    } else if (smaller >= 0.1 || smaller == 0) {
      decimals = 2;
    } else {
      decimals = Math.min(DECIMALS_MAX, 2 - (int) Math.floor(Math.log10(smaller)));
    }
    while (decimals < DECIMALS_MAX
        && one != other
        && scaled(one, decimals) == scaled(other, decimals)) {
      decimals++;
    }
    return decimals;
  }

  /// Appends a number.
  static void append(StringBuilder text, double number, int decimals) {
    double magnitude = Math.abs(number);
    // Also infinity and NaN.
    if (!(magnitude < LARGE) || magnitude > 0 && magnitude < SMALL) {
      text.append((float) number);
      return;
    }
    long scaled = scaled(magnitude, decimals);
    if (number < 0 && scaled > 0) {
      text.append('-');
    }
    String whole = Long.toString(scaled / TENS[decimals]);
    for (int i = 0; i < whole.length(); i++) {
      if (i > 0 && (whole.length() - i) % 3 == 0) {
        text.append(',');
      }
      text.append(whole.charAt(i));
    }
    if (decimals > 0) {
      // The leading 1 keeps the zeros.
      text.append('.').append(scaled % TENS[decimals] + TENS[decimals]);
      text.deleteCharAt(text.length() - decimals - 1);
    }
  }

  private static long scaled(double number, int decimals) {
    return Math.round(number * TENS[decimals]);
  }
}
