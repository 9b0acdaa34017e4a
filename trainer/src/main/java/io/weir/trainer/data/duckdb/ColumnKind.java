package io.weir.trainer.data.duckdb;

/// What a column holds, whatever its exact SQL type.
public enum ColumnKind {
  /// Numbers with a fraction: floating point and decimals.
  NUMBER,
  /// Whole numbers of any width.
  INTEGER,
  BOOLEAN,
  /// Strings, enums, UUIDs.
  TEXT,
  /// Timestamps and dates; those without a zone are UTC.
  TIME,
  /// Lists, maps, binary data, intervals, times of day.
  OTHER;

  static ColumnKind of(String sqlType) {
    String base = sqlType.replaceFirst("\\(.*", "");
    if (sqlType.endsWith("]")) {
      return OTHER;
    }
    return switch (base) {
      case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT" -> INTEGER;
      case "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT" -> INTEGER;
      case "FLOAT", "DOUBLE", "DECIMAL" -> NUMBER;
      case "BOOLEAN" -> BOOLEAN;
      case "VARCHAR", "ENUM", "UUID", "JSON", "\"NULL\"", "NULL" -> TEXT;
      case "DATE", "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS" -> TIME;
      case "TIMESTAMP WITH TIME ZONE" -> TIME;
      default -> OTHER;
    };
  }
}
