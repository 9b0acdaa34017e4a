package io.weir.trainer.data;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.zip.GZIPOutputStream;

/// Writes small files for the tests.
final class Rows {
  private Rows() {}

  /// A text file of lines; compressed if its name ends in `.gz`.
  static String write(Path file, String... lines) {
    try (OutputStream out = Files.newOutputStream(file);
        OutputStream bytes = file.toString().endsWith(".gz") ? new GZIPOutputStream(out) : out) {
      bytes.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
      return file.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A Parquet file of a query's rows.
  static String parquet(Path file, String query) {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("COPY (%s) TO '%s' (FORMAT parquet)".formatted(query, file));
      return file.toString();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
