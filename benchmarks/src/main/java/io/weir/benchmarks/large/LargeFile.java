package io.weir.benchmarks.large;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.StringJoiner;

/// Writes a large table with DuckDB: numbers in [0, 1] that follow three hidden factors and noise,
/// each a hash of its place, so that every machine writes the same.
final class LargeFile {
  private static final int FACTORS = 3;

  private LargeFile() {}

  /// @param file ends in `.parquet` or `.csv`
  static void write(Path file, long rows, int features) throws IOException {
    StringJoiner factors = new StringJoiner(", ");
    for (int k = 0; k < FACTORS; k++) {
      factors.add("%s AS h%d".formatted(uniform("range", features, k), k));
    }
    StringJoiner columns = new StringJoiner(", ");
    for (int f = 0; f < features; f++) {
      String noise = uniform("i", features, FACTORS + f);
      columns.add(
          "CAST(0.6 * h%d + 0.3 * h%d * h%d + 0.1 * %s AS FLOAT) AS f%d"
              .formatted(f % FACTORS, (f + 1) % FACTORS, f / FACTORS % FACTORS, noise, f));
    }
    String format = file.toString().endsWith(".parquet") ? "FORMAT parquet" : "HEADER true";
    String sql =
        "COPY (SELECT %s FROM (SELECT range AS i, %s FROM range(%d))) TO '%s' (%s)"
            .formatted(columns, factors, rows, file, format);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET memory_limit = '2GiB'");
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IOException("%s could not be written: %s".formatted(file, e.getMessage()), e);
    }
  }

  /// A number in [0, 1) for a row and a column.
  private static String uniform(String row, int features, int column) {
    return "((hash(%s * %d + %d) %% 1000003) / 1000003.0)"
        .formatted(row, FACTORS + features, column);
  }
}
