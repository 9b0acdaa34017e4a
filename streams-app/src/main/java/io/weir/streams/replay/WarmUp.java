package io.weir.streams.replay;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How far before a range its history begins: events that are scored, so that windows, incidents
/// and cool-downs are as they were live, and that are not reported.
public sealed interface WarmUp {
  /// What is written where a warm-up is expected.
  String FORMS = "earliest, none or a duration (90m, 36h, 7d, PT90M)";

  /// The units of the short form.
  Pattern SHORT = Pattern.compile("(\\d+)(ms|s|m|h|d)");

  /// From the first record that there is: always exact.
  record Whole() implements WarmUp {
    @Override
    public String toString() {
      return "earliest";
    }
  }

  /// Exact where windows, incidents and cool-downs never reach further back.
  ///
  /// @param length above zero
  record For(Duration length) implements WarmUp {
    @Override
    public String toString() {
      return length.toString();
    }
  }

  /// Exact for models that look at single events, without incidents and cool-downs.
  record None() implements WarmUp {
    @Override
    public String toString() {
      return "none";
    }
  }

  /// Reads a warm-up.
  ///
  /// @throws IllegalArgumentException where it is none
  static WarmUp parse(String text) {
    String plain = text.strip();
    return switch (plain.toLowerCase(Locale.ROOT)) {
      case "earliest" -> new Whole();
      case "none" -> new None();
      default -> new For(duration(plain));
    };
  }

  private static Duration duration(String text) {
    Matcher matcher = SHORT.matcher(text);
    try {
      Duration length =
          matcher.matches()
              ? shortForm(Long.parseLong(matcher.group(1)), matcher.group(2))
              : Duration.parse(text);
      if (length.isPositive()) {
        return length;
      }
    } catch (DateTimeParseException | ArithmeticException | NumberFormatException _) {
      // Told below.
    }
    throw new IllegalArgumentException("\"" + text + "\" is none of " + FORMS);
  }

  private static Duration shortForm(long count, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }
}
