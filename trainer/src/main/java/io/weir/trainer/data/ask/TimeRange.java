package io.weir.trainer.data.ask;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;

/// A stretch of time whose rows are left out.
///
/// @param from its first moment: an ISO-8601 date or time (UTC where it has no zone), or a number
///   in the unit of a time column of numbers
/// @param to the first moment after it, written likewise
public record TimeRange(String from, String to) {
  private static final List<Function<String, Instant>> ISO =
      List.of(
          text -> OffsetDateTime.parse(text).toInstant(),
          text -> LocalDateTime.parse(text).toInstant(ZoneOffset.UTC),
          text -> LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));

  /// Bounds as the rows have their times: microseconds since 1970, or numbers.
  public record Bounds(double from, double to) {}

  /// Reads `FROM..TO`.
  public static TimeRange parse(String text) {
    int at = text.indexOf("..");
    if (at < 1 || at + 2 >= text.length()) {
      throw new DataException(
          "The time range '%s' is not FROM..TO, such as 2024-03-01..2024-03-04T12:00 or 100..200."
              .formatted(text));
    }
    return new TimeRange(text.substring(0, at).strip(), text.substring(at + 2).strip());
  }

  /// The bounds for a column of times.
  ///
  /// @param column its name, for messages
  /// @param numbers whether it holds numbers and not timestamps
  public Bounds bounds(String column, boolean numbers) {
    Bounds bounds = new Bounds(moment(from, column, numbers), moment(to, column, numbers));
    if (!(bounds.from < bounds.to)) {
      throw new DataException(
          "The time range %s ends before it begins: FROM must be earlier than TO.".formatted(this));
    }
    return bounds;
  }

  private double moment(String text, String column, boolean numbers) {
    return numbers ? number(text, column) : micros(text, column);
  }

  private double number(String text, String column) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException _) {
      throw new DataException(
          "The time range %s: the time column '%s' holds numbers, '%s' is none. Give both ends as numbers, such as 100..200."
              .formatted(this, column, text));
    }
  }

  private double micros(String text, String column) {
    for (Function<String, Instant> form : ISO) {
      try {
        return ChronoUnit.MICROS.between(Instant.EPOCH, form.apply(text));
      } catch (DateTimeException _) {
        // The next form may fit.
      }
    }
    throw new DataException(
        "The time range %s: the time column '%s' holds timestamps, '%s' is none. Give both ends as ISO dates or times, such as 2024-03-01..2024-03-04T12:00."
            .formatted(this, column, text));
  }

  @Override
  public String toString() {
    return from + ".." + to;
  }
}
