package io.weir.streams.command;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a moment: `2026-01-31T08:00:00Z`, also with an offset, `2026-01-31` for its beginning in
/// UTC, or `PT2H`, `P1D` for so long ago.
final class InstantOption implements ITypeConverter<Instant> {
  @Override
  public Instant convert(String value) {
    try {
      if (value.startsWith("P")) {
        return Instant.now().minus(Duration.parse(value));
      }
      return value.indexOf('T') < 0
          ? LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant()
          : OffsetDateTime.parse(value).toInstant();
    } catch (DateTimeParseException e) {
      throw new TypeConversionException(
          "'"
              + value
              + "' is no moment: write 2026-01-31T08:00:00Z, 2026-01-31, or PT2H for two hours"
              + " ago");
    }
  }
}
