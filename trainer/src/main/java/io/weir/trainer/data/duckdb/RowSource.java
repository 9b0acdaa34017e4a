package io.weir.trainer.data.duckdb;

import io.weir.trainer.data.ask.DataException;
import io.weir.trainer.data.ask.DataRequest;
import io.weir.trainer.data.ask.SourceFiles;
import io.weir.trainer.data.ask.SourceFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// An opened source: its columns are known, its rows not yet read.
public final class RowSource implements AutoCloseable {
  static final String ROW = "weir row";
  static final String FILE = "weir file";
  static final String ALL_ROWS = "\"weir source\"";

  private final DuckDb db;
  private final DataRequest.Source source;
  private final SourceFiles files;
  private final List<SourceColumn> columns;

  private RowSource(
      DuckDb db, DataRequest.Source source, SourceFiles files, List<SourceColumn> columns) {
    this.db = db;
    this.source = source;
    this.files = files;
    this.columns = List.copyOf(columns);
  }

  /// Opens a source.
  ///
  /// @param csvTypes SQL types by column, for CSV only, where they are already known
  /// @throws DataException where it cannot be read
  public static RowSource open(DataRequest.Source source, Map<String, String> csvTypes) {
    SourceFiles files = SourceFiles.find(source);
    DuckDb db = DuckDb.open();
    try {
      String relation = relation(db, source, files, csvTypes);
      db.run(
          "CREATE TEMP VIEW %s AS SELECT row_number() OVER () - 1 AS %s, * FROM %s"
              .formatted(ALL_ROWS, Sql.name(ROW), relation),
          source.location());
      List<SourceColumn> columns = new ArrayList<>();
      for (SourceColumn column : describe(db, "SELECT * FROM " + ALL_ROWS, source.location())) {
        if (!column.name().equals(ROW) && !column.name().equals(FILE)) {
          flatten(db, column, source.location(), columns);
        }
      }
      return new RowSource(db, source, files, columns);
    } catch (RuntimeException e) {
      db.close();
      throw e;
    }
  }

  /// The columns in the order of the source; the fields of a nested record stand in its place.
  public List<SourceColumn> columns() {
    return columns;
  }

  /// The files behind it; none for a query.
  public SourceFiles files() {
    return files;
  }

  /// Reads the rows that `where` and the limit admit.
  ///
  /// @param wanted the columns to keep, and as what
  /// @throws DataException where a row cannot be read or `where` is wrong
  public RowTable read(List<WantedColumn> wanted) {
    return RowTable.create(db, source, files.files().size() > 1, wanted);
  }

  @Override
  public void close() {
    db.close();
  }

  private static String relation(
      DuckDb db, DataRequest.Source source, SourceFiles files, Map<String, String> csvTypes) {
    return switch (files.format()) {
      case CSV, TSV -> csv(db, source, files, csvTypes);
      case PARQUET -> FileRelation.parquet(files, FILE);
      case JSON -> FileRelation.json(files, FILE);
      case AVRO -> throw new DataException("Avro");
      case SQL -> query(db, source.location());
    };
  }

  private static String csv(
      DuckDb db, DataRequest.Source source, SourceFiles files, Map<String, String> csvTypes) {
    Character separator = files.format() == SourceFormat.TSV ? '\t' : null;
    CsvHeader header = null;
    for (Path file : files.files()) {
      CsvHeader next = CsvHeader.read(file, separator);
      if (header != null && next.separator() != header.separator()) {
        throw new DataException(
            "%s separates by '%s', %s by '%s': all files of a source must use the same."
                .formatted(files.files().getFirst(), header.separator(), file, next.separator()));
      }
      header = header == null ? next : header;
    }
    Map<String, String> known = FileRelation.present(csvTypes, header.names());
    // All rows are looked at once for the types; then the types are fixed.
    String typed = FileRelation.csv(files, header.separator(), known, true, FILE);
    Map<String, String> types = new LinkedHashMap<>();
    List<SourceColumn> columns;
    try {
      columns = describe(db, "SELECT * FROM " + typed, source.location());
    } catch (DataException e) {
      // A ragged line shows up as a file whose format cannot be found out; read as texts, DuckDB
      // names the line.
      db.run(
          "CREATE TEMP TABLE \"weir check\" AS SELECT count(*) FROM "
              + FileRelation.csvTexts(files, header, FILE),
          source.location());
      throw e;
    }
    for (SourceColumn column : columns) {
      if (!column.name().equals(FILE)) {
        types.put(column.name(), column.type());
      }
    }
    return FileRelation.csv(files, header.separator(), types, false, FILE);
  }

  private static String query(DuckDb db, String sql) {
    String subject = "The query «%s»".formatted(sql.strip());
    StatementCheck.requireOneSelect(db, sql, subject);
    Set<String> seen = new HashSet<>();
    for (SourceColumn column : describe(db, sql, subject)) {
      if (!seen.add(column.name().toLowerCase(Locale.ROOT))) {
        throw new DataException(
            "%s gives two columns '%s': a name must be unique. Rename one of them with AS."
                .formatted(subject, column.name()));
      }
    }
    // Run once: a second run might give other rows, or the same in another order.
    db.run("CREATE TEMP TABLE \"weir query\" AS " + sql, subject);
    return "\"weir query\"";
  }

  private static List<SourceColumn> describe(DuckDb db, String select, String subject) {
    return db.query(
        "DESCRIBE " + select,
        subject,
        row -> SourceColumn.of(row.getString(1), row.getString(2), Sql.name(row.getString(1))));
  }

  private static void flatten(
      DuckDb db, SourceColumn column, String subject, List<SourceColumn> columns) {
    if (!column.type().startsWith("STRUCT(") || column.type().endsWith("]")) {
      columns.add(column);
      return;
    }
    List<SourceColumn> fields =
        describe(db, "SELECT unnest(%s) FROM %s".formatted(column.expression(), ALL_ROWS), subject);
    for (SourceColumn field : fields) {
      SourceColumn inside =
          SourceColumn.of(
              column.name() + "." + field.name(),
              field.type(),
              "struct_extract(%s, %s)".formatted(column.expression(), Sql.text(field.name())));
      flatten(db, inside, subject, columns);
    }
  }
}
