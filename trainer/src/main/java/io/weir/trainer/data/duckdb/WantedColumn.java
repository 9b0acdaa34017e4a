package io.weir.trainer.data.duckdb;

/// A column to be read.
///
/// @param column where it comes from
/// @param kind what to read it as; times become microseconds since 1970 in UTC
public record WantedColumn(SourceColumn column, ColumnKind kind) {
  /// Its values as they are.
  public static WantedColumn of(SourceColumn column) {
    return new WantedColumn(column, column.kind());
  }
}
