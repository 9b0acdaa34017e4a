package io.weir.streams.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Times as people write them: a date, an instant, or how long ago.
public final class PointInTime {
  private static final Pattern AGO =
      Pattern.compile("(?:(\\d{1,6})d)?(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,9})s)?");

  private static final Pattern ZONED = Pattern.compile(".*T.*(?:Z|[+-].*)");

  private PointInTime() {}

  /// What [#absolute] reads; or `2h`, `90s`, `1d12h`, `PT2H`, so long before now.
  ///
  /// @throws IllegalArgumentException for anything else, with the forms
  public static Instant parse(String text, Instant now) {
    Matcher ago = AGO.matcher(text);
    try {
      if (!text.isEmpty() && ago.matches()) {
        return now.minus(
            Duration.ofDays(number(ago.group(1)))
                .plusHours(number(ago.group(2)))
                .plusMinutes(number(ago.group(3)))
                .plusSeconds(number(ago.group(4))));
      }
      return text.startsWith("P") ? now.minus(Duration.parse(text)) : absolute(text);
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "\""
              + text
              + "\" is no time: write an instant such as 2026-01-31T10:00:00Z, a date, or how long"
              + " ago, such as 2h, 90s or 1d12h",
          e);
    }
  }

  /// `2026-01-31T10:00:00Z`, also with an offset such as `+01:00`; `2026-01-31` for its beginning.
  /// What has no zone is meant in UTC.
  ///
  /// @throws DateTimeException for anything else
  public static Instant absolute(String text) {
    if (!text.contains("T")) {
      return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
    return ZONED.matcher(text).matches()
        ? OffsetDateTime.parse(text).toInstant()
        : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
  }

  private static long number(String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
