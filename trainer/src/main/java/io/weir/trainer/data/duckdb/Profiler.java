package io.weir.trainer.data.duckdb;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Counts what the columns `c0`, `c1`, ... of a table hold, many columns per pass.
final class Profiler {
  /// Very wide tables would make one query of very many aggregates.
  private static final int COLUMNS_PER_PASS = 100;

  private static final int AGGREGATES = 8;

  /// From here on, rounding to float32 gives infinity: halfway between its largest value and 2^128.
  private static final String BEYOND_FLOAT = "3.4028235677973366e38";

  private static final String NUMBER =
      "count({c}), min({c}) FILTER (abs({c}) < {big}), max({c}) FILTER (abs({c}) < {big}),"
          + " count(*) FILTER (abs({c}) >= {big}), 0, 0, NULL, NULL";
  private static final String ORDERED =
      "count({c}), CAST(min({c}) AS DOUBLE), CAST(max({c}) AS DOUBLE), 0, 0, 0, NULL, NULL";
  private static final String TEXT =
      "count({c}), NULL, NULL, 0, approx_count_distinct({c}),"
          + " count(TRY_CAST({c} AS DOUBLE)),"
          + " arg_min({c}, {row}) FILTER (TRY_CAST({c} AS DOUBLE) IS NULL AND {c} IS NOT NULL),"
          + " min({row}) FILTER (TRY_CAST({c} AS DOUBLE) IS NULL AND {c} IS NOT NULL)";

  private Profiler() {}

  static List<ColumnProfile> profile(DuckDb db, String table, List<ColumnKind> kinds) {
    List<ColumnProfile> profiles = new ArrayList<>();
    for (int from = 0; from < kinds.size(); from += COLUMNS_PER_PASS) {
      int count = Math.min(COLUMNS_PER_PASS, kinds.size() - from);
      List<String> aggregates = new ArrayList<>();
      for (int c = from; c < from + count; c++) {
        aggregates.add(aggregates(kinds.get(c), "c" + c));
      }
      String sql = "SELECT %s FROM %s".formatted(String.join(", ", aggregates), table);
      profiles.addAll(db.query(sql, "Counting the columns", row -> read(row, count)).getFirst());
    }
    return profiles;
  }

  private static String aggregates(ColumnKind kind, String column) {
    String template =
        switch (kind) {
          case NUMBER, INTEGER -> NUMBER;
          case BOOLEAN, TIME -> ORDERED;
          case TEXT -> TEXT;
          case OTHER -> throw new IllegalArgumentException("Such columns are never read");
        };
    return template
        .replace("{c}", column)
        .replace("{row}", Sql.name(RowSource.ROW))
        .replace("{big}", BEYOND_FLOAT);
  }

  private static List<ColumnProfile> read(ResultSet row, int count) throws SQLException {
    List<ColumnProfile> profiles = new ArrayList<>();
    for (int at = 1; at <= count * AGGREGATES; at += AGGREGATES) {
      profiles.add(
          new ColumnProfile(
              row.getLong(at),
              number(row, at + 1),
              number(row, at + 2),
              row.getLong(at + 3),
              row.getLong(at + 4),
              row.getLong(at + 5),
              row.getString(at + 6),
              row.getLong(at + 7)));
    }
    return profiles;
  }

  private static double number(ResultSet row, int at) throws SQLException {
    double value = row.getDouble(at);
    return row.wasNull() ? Double.NaN : value;
  }
}
