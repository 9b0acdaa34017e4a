package io.weir.schemas.json;

import java.math.BigDecimal;
import java.math.MathContext;

/// A double as JavaScript prints it (ECMAScript's `Number::toString`, which RFC 8785 asks for): the
/// fewest digits that tell it from its neighbours.
final class JsonNumber {
  /// From 1e21 on, and below 1e-6, there is an exponent.
  private static final int MOST_DIGITS = 21;

  private static final int MOST_ZEROS = 6;

  private JsonNumber() {}

  static void append(double number, StringBuilder out) {
    if (!Double.isFinite(number)) {
      out.append('"').append(number).append('"');
    } else if (number == 0) {
      // Minus zero, too.
      out.append('0');
    } else {
      if (number < 0) {
        out.append('-');
      }
      append(shortest(Math.abs(number)), out);
    }
  }

  /// Java prints two digits at least, and so prefers 4.9E-324 to the shorter 5E-324.
  private static BigDecimal shortest(double number) {
    BigDecimal two = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    BigDecimal one = two.round(new MathContext(1));
    return two.precision() == 2 && one.doubleValue() == number ? one.stripTrailingZeros() : two;
  }

  private static void append(BigDecimal number, StringBuilder out) {
    String digits = number.unscaledValue().toString();
    int count = digits.length();
    // The number is 0.digits x 10^point.
    int point = count - number.scale();
    if (count <= point && point <= MOST_DIGITS) {
      out.append(digits).append("0".repeat(point - count));
    } else if (0 < point && point <= MOST_DIGITS) {
      out.append(digits, 0, point).append('.').append(digits, point, count);
    } else if (-MOST_ZEROS < point && point <= 0) {
      out.append("0.").append("0".repeat(-point)).append(digits);
    } else {
      out.append(digits.charAt(0));
      if (count > 1) {
        out.append('.').append(digits, 1, count);
      }
      out.append('e').append(point > 0 ? "+" : "").append(point - 1);
    }
  }
}
