package io.weir.trainer.data.duckdb;

import io.weir.trainer.data.ask.DataException;
import io.weir.trainer.data.bulk.TimeScale;
import java.sql.ResultSet;
import java.sql.SQLException;

/// The table columns that tell which row of an entity follows which, and when.
///
/// @param key the text column of the key; null where all rows belong to one entity
/// @param time the column of the time; null without
/// @param scale the unit of the time
public record ArrivalColumns(Named key, Named time, TimeScale scale) {
  /// @param name as the source writes it
  /// @param column its position in [RowTable#columns()]
  public record Named(String name, int column) {}

  /// The SQL of the key and of the time.
  String sql() {
    return "%s, %s".formatted(sql(key, "''"), sql(time, "0"));
  }

  private static String sql(Named named, String otherwise) {
    return named == null ? otherwise : "c" + named.column();
  }

  String key(ResultSet result, int column, long row) throws SQLException {
    String text = result.getString(column);
    if (text == null) {
      throw missing("key", key.name(), row, "tells whose event it is");
    }
    return text;
  }

  double time(ResultSet result, int column, long row) throws SQLException {
    double value = result.getDouble(column);
    if (result.wasNull() || Double.isNaN(value)) {
      throw missing("time", time.name(), row, "tells when it happened");
    }
    return value;
  }

  private static DataException missing(String role, String name, long row, String rule) {
    return new DataException(
        "The %s column '%s' has no value in row %d: every row %s. Leave such rows out with the filter \"%s\" IS NOT NULL."
            .formatted(role, name, row, rule, name));
  }
}
