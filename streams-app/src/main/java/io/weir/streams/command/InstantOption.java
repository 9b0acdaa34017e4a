package io.weir.streams.command;

import io.weir.streams.config.PointInTime;
import java.time.Instant;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a [PointInTime].
final class InstantOption implements ITypeConverter<Instant> {
  @Override
  public Instant convert(String value) {
    try {
      return PointInTime.parse(value, Instant.now());
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
