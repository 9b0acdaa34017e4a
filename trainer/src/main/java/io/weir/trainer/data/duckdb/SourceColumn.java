package io.weir.trainer.data.duckdb;

/// A column of the source, nested fields by their dotted path.
///
/// @param name as the source writes it
/// @param type its SQL type
/// @param kind what it holds
/// @param expression the SQL that gives its value
public record SourceColumn(String name, String type, ColumnKind kind, String expression) {
  static SourceColumn of(String name, String type, String expression) {
    return new SourceColumn(name, type, ColumnKind.of(type), expression);
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
