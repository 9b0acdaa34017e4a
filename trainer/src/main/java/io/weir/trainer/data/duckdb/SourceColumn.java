package io.weir.trainer.data.duckdb;

import io.weir.trainer.data.ask.ValueRange;

/// A column of the source, nested fields by their dotted path.
///
/// @param name as the source writes it
/// @param type its SQL type
/// @param kind what it holds
/// @param expression the SQL that gives its value
/// @param purpose what the format says about its use
/// @param range between which values it lies by the format, null where the format says nothing
public record SourceColumn(
    String name,
    String type,
    ColumnKind kind,
    String expression,
    Purpose purpose,
    ValueRange range) {
  /// What a column is there for.
  public enum Purpose {
    /// Whatever its values suggest.
    ANY,
    /// One part of a whole, such as a pixel: a feature even where it is constant.
    PART,
    /// Something said about the row, such as its class: a feature only where it is asked for.
    ASIDE
  }

  static SourceColumn of(String name, String type, String expression) {
    return new SourceColumn(name, type, ColumnKind.of(type), expression, Purpose.ANY, null);
  }

  SourceColumn as(Purpose changed, ValueRange known) {
    return new SourceColumn(name, type, kind, expression, changed, known);
  }

  /// The SQL that gives its value as another kind.
  ///
  /// @throws IllegalArgumentException for a conversion that is not offered
  String as(ColumnKind target) {
    return switch (target) {
      case NUMBER, INTEGER -> "CAST(%s AS DOUBLE)".formatted(expression);
      case BOOLEAN ->
          kind == ColumnKind.TEXT
              ? ("CASE lower(%1$s) WHEN 'true' THEN true WHEN 'false' THEN false"
                      + " ELSE CASE WHEN %1$s IS NOT NULL"
                      + " THEN error(%1$s || ' is neither true nor false') END END")
                  .formatted(expression)
              : "CAST(%s AS BOOLEAN)".formatted(expression);
      case TEXT -> "CAST(%s AS VARCHAR)".formatted(expression);
      case TIME ->
          switch (kind) {
            case TIME -> "epoch_us(CAST(%s AS TIMESTAMP))".formatted(expression);
            case INTEGER -> "CAST(%s AS BIGINT) * 1000".formatted(expression);
            case TEXT -> "epoch_us(CAST(%s AS TIMESTAMPTZ))".formatted(expression);
            case NUMBER, BOOLEAN, OTHER ->
                throw new IllegalArgumentException(type + " is not a time");
          };
      case OTHER -> throw new IllegalArgumentException("There is no conversion to " + target);
    };
  }
}
