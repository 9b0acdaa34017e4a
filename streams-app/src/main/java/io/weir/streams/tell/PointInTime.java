package io.weir.streams.tell;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Times as people write them: an instant, or how long ago.
public final class PointInTime {
  private static final Pattern AGO =
      Pattern.compile("(?:(\\d{1,6})d)?(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,9})s)?");

  private PointInTime() {}

  /// `2026-01-31T10:00:00Z`, also with an offset such as `+01:00`; or `2h`, `90s`, `1d12h` before
  /// now.
  ///
  /// @throws IllegalArgumentException for anything else, with both forms
  public static Instant parse(String text, Instant now) {
    Matcher ago = AGO.matcher(text);
    if (!text.isEmpty() && ago.matches()) {
      return now.minus(
          Duration.ofDays(number(ago.group(1)))
              .plusHours(number(ago.group(2)))
              .plusMinutes(number(ago.group(3)))
              .plusSeconds(number(ago.group(4))));
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "\""
              + text
              + "\" is no time: write an instant such as 2026-01-31T10:00:00Z, or how long ago,"
              + " such as 2h, 90s or 1d12h",
          e);
    }
  }

  private static long number(String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
