package io.weir.trainer.data.duckdb;

import io.weir.trainer.data.ask.DataException;
import io.weir.trainer.data.avro.AvroColumn;
import io.weir.trainer.data.avro.AvroRows;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/// Avro files as a table, so that filters, limits and counting work on them as on all other rows.
/// DuckDB's own Avro reader would have to be downloaded.
final class AvroTable {
  private static final String NAME = "weir avro";

  private AvroTable() {}

  /// Loads the files and gives the relation that stands after `FROM`.
  static String load(DuckDb db, List<Path> files, String fileColumn) {
    AvroRows rows = AvroRows.of(files.getFirst());
    requireDistinct(rows.columns(), files.getFirst());
    List<String> stored = new ArrayList<>();
    List<String> shown = new ArrayList<>();
    for (AvroColumn column : rows.columns()) {
      String name = Sql.name(column.name());
      stored.add(name + " " + storedType(column.kind()));
      shown.add("%s AS %s".formatted(expression(column.kind(), name), name));
    }
    String file = Sql.name(fileColumn);
    db.run(
        "CREATE TEMP TABLE %s (%s VARCHAR%s)"
            .formatted(
                Sql.name(NAME),
                file,
                stored.stream().map(column -> ", " + column).collect(Collectors.joining())),
        files.getFirst().toString());
    for (Path path : files) {
      append(db, rows, path);
    }
    shown.add(file);
    return "(SELECT %s FROM %s)".formatted(String.join(", ", shown), Sql.name(NAME));
  }

  /// What a column of the files is for.
  ///
  /// @param asides the columns that are marked to stand aside
  static SourceColumn column(SourceColumn column, Set<String> asides) {
    return asides.contains(column.name()) ? column.as(SourceColumn.Purpose.ASIDE, null) : column;
  }

  /// The columns that the files mark to stand aside.
  static Set<String> asides(List<Path> files) {
    return AvroRows.of(files.getFirst()).asides();
  }

  private static void append(DuckDb db, AvroRows rows, Path file) {
    DuckDBConnection connection = db.connection();
    try (DuckDBAppender appender = connection.createAppender("temp", "main", NAME)) {
      rows.read(
          file,
          values -> {
            try {
              appender.beginRow();
              appender.append(file.toString());
              for (Object value : values) {
                append(appender, value);
              }
              appender.endRow();
            } catch (SQLException e) {
              throw DuckDb.failure(file.toString(), e);
            }
          });
    } catch (SQLException e) {
      throw DuckDb.failure(file.toString(), e);
    }
  }

  private static void append(DuckDBAppender appender, Object value) throws SQLException {
    switch (value) {
      case null -> appender.appendNull();
      case Long number -> appender.append(number.longValue());
      case Double number -> appender.append(number.doubleValue());
      case Boolean flag -> appender.append(flag.booleanValue());
      case String text -> appender.append(text);
      default -> throw new IllegalArgumentException("No column holds " + value.getClass());
    }
  }

  private static String storedType(AvroColumn.Kind kind) {
    return switch (kind) {
      case INTEGER, DATE, MILLIS, MICROS, NANOS -> "BIGINT";
      case FLOAT, DOUBLE, DECIMAL -> "DOUBLE";
      case BOOLEAN -> "BOOLEAN";
      case TEXT -> "VARCHAR";
      case ARRAY -> "VARCHAR[]";
      case MAP -> "MAP(VARCHAR, VARCHAR)";
      case OTHER -> "BLOB";
    };
  }

  private static String expression(AvroColumn.Kind kind, String name) {
    return switch (kind) {
      case MILLIS, MICROS, NANOS -> "make_timestamp(%s)".formatted(name);
      case DATE -> "DATE '1970-01-01' + CAST(%s AS INTEGER)".formatted(name);
      case INTEGER, FLOAT, DOUBLE, DECIMAL, BOOLEAN, TEXT, ARRAY, MAP, OTHER -> name;
    };
  }

  /// SQL names do not tell upper from lower case.
  private static void requireDistinct(List<AvroColumn> columns, Path file) {
    Map<String, String> seen = new HashMap<>();
    for (AvroColumn column : columns) {
      String before = seen.put(column.name().toLowerCase(Locale.ROOT), column.name());
      if (before != null) {
        throw new DataException(
            "%s has fields '%s' and '%s': names must differ in more than upper and lower case."
                .formatted(file, before, column.name()));
      }
    }
  }
}
