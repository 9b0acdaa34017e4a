package io.weir.trainer.data.duckdb;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Counts what the columns `c0`, `c1`, ... of a table hold, many columns per pass.
///
/// The passes use plain aggregates only: DuckDB's time to plan aggregates with FILTER grows with
/// the square of their number, which takes minutes for a table of some thousand columns.
final class Profiler {
  private static final int COLUMNS_PER_PASS = 500;
  private static final int AGGREGATES = 3;

  /// From here on, rounding to float32 gives infinity: halfway between its largest value and 2^128.
  private static final double BEYOND_FLOAT = 0x1.ffffffp127;

  private Profiler() {}

  /// @param subject what a message is about
  static List<ColumnProfile> profile(
      DuckDb db, String table, String subject, List<ColumnKind> kinds) {
    List<ColumnProfile> profiles = new ArrayList<>();
    for (int from = 0; from < kinds.size(); from += COLUMNS_PER_PASS) {
      int first = from;
      int count = Math.min(COLUMNS_PER_PASS, kinds.size() - from);
      List<String> aggregates = new ArrayList<>();
      for (int c = from; c < from + count; c++) {
        aggregates.add(aggregates(kinds.get(c), "c" + c));
      }
      profiles.addAll(
          db.query(
                  "SELECT %s FROM %s".formatted(String.join(", ", aggregates), table),
                  subject,
                  row -> read(row, kinds.subList(first, first + count)))
              .getFirst());
    }
    for (int c = 0; c < kinds.size(); c++) {
      boolean number = kinds.get(c) == ColumnKind.NUMBER || kinds.get(c) == ColumnKind.INTEGER;
      ColumnProfile profile = profiles.get(c);
      if (number
          && profile.present() > 0
          && !(isFinite(profile.min()) && isFinite(profile.max()))) {
        profiles.set(c, withoutSpecialNumbers(db, table, subject, "c" + c));
      }
    }
    return profiles;
  }

  private static String aggregates(ColumnKind kind, String column) {
    String template =
        switch (kind) {
          case NUMBER, INTEGER -> "count({c}), min({c}), max({c})";
          case BOOLEAN, TIME -> "count({c}), CAST(min({c}) AS DOUBLE), CAST(max({c}) AS DOUBLE)";
          case TEXT -> "count({c}), approx_count_distinct({c}), count(TRY_CAST({c} AS DOUBLE))";
          case OTHER -> throw new IllegalArgumentException("Such columns are never read");
        };
    return template.replace("{c}", column);
  }

  private static List<ColumnProfile> read(ResultSet row, List<ColumnKind> kinds)
      throws SQLException {
    List<ColumnProfile> profiles = new ArrayList<>();
    for (int c = 0; c < kinds.size(); c++) {
      int at = 1 + c * AGGREGATES;
      long present = row.getLong(at);
      profiles.add(
          kinds.get(c) == ColumnKind.TEXT
              ? new ColumnProfile(
                  present, Double.NaN, Double.NaN, 0, row.getLong(at + 1), row.getLong(at + 2))
              : new ColumnProfile(present, number(row, at + 1), number(row, at + 2), 0, 0, 0));
    }
    return profiles;
  }

  /// Counts one column anew that has NaN or infinity in it. DuckDB takes NaN for larger than
  /// infinity.
  private static ColumnProfile withoutSpecialNumbers(
      DuckDb db, String table, String subject, String column) {
    String sql =
        ("SELECT count(*), count(*) FILTER (f), min({c}) FILTER (f), max({c}) FILTER (f) FROM"
                + " (SELECT {c}, abs({c}) < {big} AS f FROM {t} WHERE {c} <= 'infinity'::DOUBLE)")
            .replace("{c}", column)
            .replace("{big}", Double.toString(BEYOND_FLOAT))
            .replace("{t}", table);
    return db.query(
            sql,
            subject,
            row ->
                new ColumnProfile(
                    row.getLong(1),
                    number(row, 3),
                    number(row, 4),
                    row.getLong(1) - row.getLong(2),
                    0,
                    0))
        .getFirst();
  }

  private static boolean isFinite(double value) {
    return Math.abs(value) < BEYOND_FLOAT;
  }

  private static double number(ResultSet row, int at) throws SQLException {
    double value = row.getDouble(at);
    return row.wasNull() ? Double.NaN : value;
  }
}
