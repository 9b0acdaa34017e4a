package io.weir.trainer.data.duckdb;

import io.weir.trainer.data.ask.DataException;
import io.weir.trainer.data.ask.DataRequest;
import io.weir.trainer.data.ask.ReadListener;
import io.weir.trainer.data.ask.ReadListener.Stage;
import io.weir.trainer.data.ask.SourceFiles;
import io.weir.trainer.data.bulk.Storage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// An opened source: its columns are known, its rows not yet read.
public final class RowSource implements AutoCloseable {
  static final String ROW = "weir row";
  static final String FILE = "weir file";
  static final String ALL_ROWS = "\"weir source\"";

  private final DuckDb db;
  private final DataRequest.Source source;
  private final SourceFiles files;
  private final List<SourceColumn> columns;
  private final String subject;
  private final Storage storage;
  private final ReadListener listener;

  private RowSource(
      DuckDb db,
      DataRequest.Source source,
      SourceFiles files,
      List<SourceColumn> columns,
      String subject,
      Storage storage,
      ReadListener listener) {
    this.db = db;
    this.source = source;
    this.files = files;
    this.columns = List.copyOf(columns);
    this.subject = subject;
    this.storage = storage;
    this.listener = listener;
  }

  /// Opens a source.
  ///
  /// @param csvTypes SQL types by column, for CSV only, where they are already known
  /// @param storage where the rows are to wait
  /// @throws DataException where it cannot be read
  public static RowSource open(
      DataRequest.Source source,
      Map<String, String> csvTypes,
      Storage storage,
      ReadListener listener) {
    listener.at(Stage.OPENING, 0, 0);
    SourceFiles files = SourceFiles.find(source);
    String subject =
        files.files().isEmpty()
            ? "The query «%s»".formatted(source.location().strip())
            : "%s cannot be read as %s".formatted(source.location(), files.format());
    DuckDb db = DuckDb.open(storage.directory());
    try {
      String relation =
          switch (files.format()) {
            case CSV, TSV -> CsvRelation.open(db, files, csvTypes, FILE, subject);
            case PARQUET -> FileRelation.parquet(files, FILE);
            case JSON -> FileRelation.json(files, FILE);
            case AVRO -> AvroTable.load(db, files.files(), FILE);
            case IDX -> IdxTable.load(db, files, FILE);
            case SQL -> query(db, source.location(), subject);
          };
      db.run(
          "CREATE TEMP VIEW %s AS SELECT row_number() OVER () - 1 AS %s, * FROM %s"
              .formatted(ALL_ROWS, Sql.name(ROW), relation),
          subject);
      UnaryOperator<SourceColumn> purpose = purpose(files);
      List<SourceColumn> columns = new ArrayList<>();
      for (SourceColumn column : describe(db, "SELECT * FROM " + ALL_ROWS, subject)) {
        if (!column.name().equals(ROW) && !column.name().equals(FILE)) {
          flatten(db, purpose.apply(column), subject, columns);
        }
      }
      return new RowSource(db, source, files, columns, subject, storage, listener);
    } catch (RuntimeException e) {
      db.close();
      throw e;
    }
  }

  /// What the format says about the use of columns.
  private static UnaryOperator<SourceColumn> purpose(SourceFiles files) {
    return switch (files.format()) {
      case IDX -> IdxTable::column;
      case AVRO -> {
        Set<String> asides = AvroTable.asides(files.files());
        yield column -> AvroTable.column(column, asides);
      }
      case CSV, TSV, PARQUET, JSON, SQL -> column -> column;
    };
  }

  /// The columns in the order of the source; the fields of a nested record stand in its place.
  public List<SourceColumn> columns() {
    return columns;
  }

  /// The files behind it; none for a query.
  public SourceFiles files() {
    return files;
  }

  /// The times of all rows, whatever `where` and the limit admit.
  ///
  /// @param rows that have a time
  /// @param firstMicros the earliest, in microseconds since 1970; likewise the latest
  public record Times(long rows, long firstMicros, long lastMicros) {}

  /// When the rows happened.
  ///
  /// @param column of timestamps, dates or ISO-8601 texts
  /// @return empty where it holds none
  public Optional<Times> times(SourceColumn column) {
    String micros =
        column.kind() == ColumnKind.TEXT
            ? "epoch_us(TRY_CAST(%s AS TIMESTAMPTZ))".formatted(column.expression())
            : column.as(ColumnKind.TIME);
    return db
        .query(
            "SELECT count(t), min(t), max(t) FROM (SELECT %s AS t FROM %s)"
                .formatted(micros, ALL_ROWS),
            subject,
            row -> new Times(row.getLong(1), row.getLong(2), row.getLong(3)))
        .stream()
        .filter(times -> times.rows() > 0)
        .findFirst();
  }

  /// Reads the rows that `where` and the limit admit.
  ///
  /// @param wanted the columns to keep, and as what
  /// @throws DataException where a row cannot be read or `where` is wrong
  public RowTable read(List<WantedColumn> wanted) {
    listener.at(Stage.COUNTING, 0, 0);
    // What costs nothing to read again is not stored a second time.
    boolean stored =
        switch (files.format()) {
          case CSV, TSV, JSON -> false;
          case PARQUET, AVRO, IDX, SQL -> true;
        };
    return RowTable.create(this, stored, wanted);
  }

  DuckDb db() {
    return db;
  }

  DataRequest.Source source() {
    return source;
  }

  /// What a message about a row is about.
  String subject() {
    return subject;
  }

  Storage storage() {
    return storage;
  }

  ReadListener listener() {
    return listener;
  }

  @Override
  public void close() {
    db.close();
  }

  private static String query(DuckDb db, String sql, String subject) {
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

  /// The columns of a query.
  static List<SourceColumn> describe(DuckDb db, String select, String subject) {
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
