package io.weir.trainer.command;

import io.weir.trainer.config.ConfigException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The longest pause inside a window.
///
/// @param millis where it is a duration, for timestamps; else null
/// @param number where it is a number in the unit of the time column; else null
record MaxGap(Long millis, Double number) {
  private static final Pattern SHORT = Pattern.compile("(\\d+)(ms|s|m|h|d)");
  private static final Map<String, Long> UNITS =
      Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

  /// Reads `30s`, `5m`, `PT5M` or a number.
  static MaxGap parse(String text) {
    Matcher units = SHORT.matcher(text);
    try {
      if (units.matches()) {
        long unit = UNITS.get(units.group(2));
        return ofMillis(text, Math.multiplyExact(Long.parseLong(units.group(1)), unit));
      }
      if (text.startsWith("P")) {
        return ofMillis(text, Duration.parse(text).toMillis());
      }
      double number = Double.parseDouble(text);
      if (!(number > 0) || Double.isInfinite(number)) {
        throw wrong(text);
      }
      return new MaxGap(null, number);
    } catch (NumberFormatException | DateTimeParseException | ArithmeticException _) {
      throw wrong(text);
    }
  }

  private static MaxGap ofMillis(String text, long millis) {
    if (millis < 1) {
      throw wrong(text);
    }
    return new MaxGap(millis, null);
  }

  private static ConfigException wrong(String text) {
    return new ConfigException(
        "--max-gap %s: a duration such as 30s, 5m, 2h or PT5M for timestamps, or a number above 0 in the unit of a time column of numbers"
            .formatted(text));
  }
}
