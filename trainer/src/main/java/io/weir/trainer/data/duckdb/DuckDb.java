package io.weir.trainer.data.duckdb;

import io.weir.trainer.data.ask.DataException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/// One database in this process's memory, gone when closed. What DuckDB has to complain about is
/// the user's data or query, so every failure becomes a [DataException] with DuckDB's own words.
final class DuckDb implements AutoCloseable {
  /// Its own default would be most of the machine's memory.
  private static final String MEMORY = "1GiB";

  /// Each has buffers of its own.
  private static final int MOST_THREADS = 8;

  private final DuckDBConnection connection;
  private final SpillDirectory spill;

  private DuckDb(DuckDBConnection connection, SpillDirectory spill) {
    this.connection = connection;
    this.spill = spill;
  }

  /// @param directory where what does not fit into [#MEMORY] goes
  static DuckDb open(Path directory) {
    Properties properties = new Properties();
    properties.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
    try {
      DuckDBConnection connection =
          DriverManager.getConnection("jdbc:duckdb:", properties).unwrap(DuckDBConnection.class);
      DuckDb db = new DuckDb(connection, SpillDirectory.in(directory));
      // All that is needed is inside the driver; nothing may be downloaded on the way.
      db.run("SET autoinstall_known_extensions = false", "DuckDB's settings");
      db.run("SET autoload_known_extensions = false", "DuckDB's settings");
      db.run("SET TimeZone = 'UTC'", "DuckDB's settings");
      int threads = Math.min(Runtime.getRuntime().availableProcessors(), MOST_THREADS);
      db.run("SET threads = " + threads, "DuckDB's settings");
      db.run("SET memory_limit = '%s'".formatted(MEMORY), "DuckDB's settings");
      db.run("SET temp_directory = " + Sql.text(db.spill.path().toString()), "DuckDB's settings");
      return db;
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB does not start: " + e.getMessage(), e);
    }
  }

  DuckDBConnection connection() {
    return connection;
  }

  /// Runs a statement.
  ///
  /// @param subject what a message is about, such as the file
  void run(String sql, String subject) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw failure(subject, e);
    }
  }

  /// One value of a result's current row, made of its columns.
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /// Runs a query of few rows.
  <T> List<T> query(String sql, String subject, RowReader<T> reader) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<T> all = new ArrayList<>();
      while (rows.next()) {
        all.add(reader.read(rows));
      }
      return all;
    } catch (SQLException e) {
      throw failure(subject, e);
    }
  }

  /// The exception for a query that failed while its rows were read, of which the driver may not
  /// tell the reason: running it in one go does.
  DataException streamFailure(String sql, String subject, SQLException e) {
    run(
        "CREATE TEMP TABLE \"weir check\" AS SELECT count(COLUMNS(*)) FROM (%s)".formatted(sql),
        subject);
    return failure(subject, e);
  }

  /// The exception for something DuckDB refused.
  static DataException failure(String subject, SQLException e) {
    return new DataException(subject + ": " + shorten(e.getMessage()), e);
  }

  /// DuckDB's message without its kind, its listing of settings and its picture of the query.
  private static String shorten(String message) {
    String head = message.strip().split("\n\\s*\n|\nPossible fixes|\nThe search space", 2)[0];
    return head.replaceFirst("^[A-Z][A-Za-z ]* Error: ", "").replaceAll("\\s*\n\\s*", "; ").strip();
  }

  @Override
  public void close() {
    try {
      connection.close();
      spill.close();
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB does not close: " + e.getMessage(), e);
    }
  }
}
