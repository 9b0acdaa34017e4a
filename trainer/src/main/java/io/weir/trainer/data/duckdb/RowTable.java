package io.weir.trainer.data.duckdb;

import io.weir.trainer.data.ask.DataException;
import io.weir.trainer.data.ask.DataRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The rows in question, typed, in the order of the source. Columns are named by their position in
/// the list they were asked for with.
public final class RowTable {
  private static final String ALL = "\"weir rows\"";
  private static final String KEPT = "\"weir kept rows\"";

  private final RowSource opened;
  private final DuckDb db;
  private final String subject;
  private final boolean manyFiles;
  private final List<WantedColumn> columns;
  private final List<String> conditions = new ArrayList<>();
  private String name = ALL;
  private long rows = -1;

  private RowTable(RowSource opened, boolean manyFiles, List<WantedColumn> columns) {
    this.opened = opened;
    this.db = opened.db();
    this.subject = opened.source().location();
    this.manyFiles = manyFiles;
    this.columns = List.copyOf(columns);
  }

  /// @param stored whether the rows stand in a table or a Parquet file already, so that they can be
  ///   read where they are
  static RowTable create(RowSource opened, boolean stored, List<WantedColumn> wanted) {
    DataRequest.Source source = opened.source();
    DuckDb db = opened.db();
    boolean manyFiles = opened.files().files().size() > 1;
    String where = source.where() == null ? "" : " WHERE (\n" + source.where() + "\n)";
    if (source.where() != null) {
      String filter = "The filter «%s»".formatted(source.where());
      String check = "SELECT 1 FROM " + RowSource.ALL_ROWS + where;
      StatementCheck.requireOneSelect(db, check, filter);
      db.run("EXPLAIN " + check, filter);
    }
    List<String> select = new ArrayList<>();
    select.add(Sql.name(RowSource.ROW));
    if (manyFiles) {
      select.add(Sql.name(RowSource.FILE));
    }
    for (int c = 0; c < wanted.size(); c++) {
      select.add(wanted.get(c).column().as(wanted.get(c).kind()) + " AS c" + c);
    }
    String limit = source.limit() == Long.MAX_VALUE ? "" : " LIMIT " + source.limit();
    db.run(
        "CREATE OR REPLACE TEMP %s %s AS SELECT %s FROM %s%s%s"
            .formatted(
                stored ? "VIEW" : "TABLE",
                ALL,
                String.join(", ", select),
                RowSource.ALL_ROWS,
                where,
                limit),
        opened.subject());
    return new RowTable(opened, manyFiles, wanted);
  }

  /// The columns, in order.
  public List<WantedColumn> columns() {
    return columns;
  }

  /// How many rows there are.
  public long rows() {
    if (rows < 0) {
      rows =
          db.query("SELECT count(*) FROM " + name, opened.subject(), row -> row.getLong(1))
              .getFirst();
    }
    return rows;
  }

  /// What each column holds.
  public List<ColumnProfile> profile() {
    return Profiler.profile(
        db, name, opened.subject(), columns.stream().map(WantedColumn::kind).toList());
  }

  /// A value of a text column, null for missing, with how often and where first it stands.
  public record Word(String text, long count, long firstRow) {}

  /// The values of a text column, missing ones included, the most frequent first, then by name.
  ///
  /// @param limit at most so many
  public List<Word> words(int column, int limit) {
    // DuckDB and Java order words alike, by code points for all but rare supplementary characters;
    // sorting again makes sure of it.
    return db
        .query(
            "SELECT c%d, count(*), min(\"%s\") FROM %s GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT %d"
                .formatted(column, RowSource.ROW, name, limit),
            subject,
            row -> new Word(row.getString(1), row.getLong(2), row.getLong(3)))
        .stream()
        .sorted(
            Comparator.comparingLong(Word::count)
                .reversed()
                .thenComparing(Word::text, Comparator.nullsLast(Comparator.naturalOrder())))
        .toList();
  }

  /// The first value of a text column that is not a number.
  public Word firstText(int column) {
    return db.query(
            ("SELECT arg_min(c%1$d, r), count(*), min(r) FROM (SELECT c%1$d, \"%2$s\" AS r FROM"
                    + " %3$s WHERE c%1$d IS NOT NULL AND TRY_CAST(c%1$d AS DOUBLE) IS NULL)")
                .formatted(column, RowSource.ROW, name),
            subject,
            row -> new Word(row.getString(1), row.getLong(2), row.getLong(3)))
        .getFirst();
  }

  /// Leaves out the rows whose text column is not one of some values.
  public void keep(int column, List<String> values) {
    keep("list_contains(%s, c%d)".formatted(Sql.texts(values), column));
  }

  /// Leaves out the rows whose time lies in `[from, to)`.
  public void leaveOut(int column, double from, double to) {
    keep(
        "coalesce(NOT (c%1$d >= CAST('%2$s' AS DOUBLE) AND c%1$d < CAST('%3$s' AS DOUBLE)), true)"
            .formatted(column, from, to));
  }

  private void keep(String condition) {
    conditions.add(condition);
    db.run(
        "CREATE OR REPLACE TEMP VIEW %s AS SELECT * FROM %s WHERE %s"
            .formatted(KEPT, ALL, all(conditions)),
        subject);
    name = KEPT;
    rows = -1;
  }

  /// The rows of each file, if there is more than one.
  public Map<String, Long> rowsPerFile() {
    if (!manyFiles) {
      return Map.of();
    }
    String file = Sql.name(RowSource.FILE);
    return db
        .query(
            "SELECT %s, count(*) FROM %s GROUP BY 1".formatted(file, name),
            subject,
            row -> Map.entry(row.getString(1), row.getLong(2)))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /// Loads the rows.
  ///
  /// @param slots the columns of the values
  /// @param labels the text column of the label, negative for none
  /// @param normal the texts of a normal row
  /// @param weight the number column of the weight, negative for none
  /// @param arrivals what tells which row of an entity follows which; null where it does not matter
  /// @throws DataException where there are more rows than an array can count, or no place for them
  public LoadedRows load(
      List<Slot> slots, int labels, List<String> normal, int weight, ArrivalColumns arrivals) {
    long rows = rows();
    if (rows > LoadedRows.LARGEST) {
      throw new DataException(
          "%s: %d rows, but at most %d can be read. Set a limit, or a filter."
              .formatted(subject, rows, LoadedRows.LARGEST));
    }
    List<String> select = new ArrayList<>();
    select.add(Sql.name(RowSource.ROW));
    slots.forEach(slot -> select.add(slot.sql()));
    if (labels >= 0) {
      select.add("NOT list_contains(%s, c%d)".formatted(Sql.texts(normal), labels));
    }
    if (weight >= 0) {
      select.add("coalesce(c%d, 'nan'::DOUBLE)".formatted(weight));
    }
    String from = name;
    if (arrivals != null) {
      // What is left out still stands between the rows before and after it.
      select.add(arrivals.sql());
      select.add(conditions.isEmpty() ? "true" : "coalesce(%s, false)".formatted(all(conditions)));
      from = ALL;
    }
    String sql = "SELECT %s FROM %s".formatted(String.join(", ", select), from);
    return LoadedRows.read(opened, sql, (int) rows, slots, labels >= 0, weight >= 0, arrivals);
  }

  private static String all(List<String> conditions) {
    return String.join(" AND ", conditions);
  }

  /// The position of a column, or -1.
  public int indexOf(SourceColumn column) {
    return IntStream.range(0, columns.size())
        .filter(c -> columns.get(c).column().equals(column))
        .findFirst()
        .orElse(-1);
  }
}
