package io.weir.trainer.data.duckdb;

import io.weir.trainer.data.ask.DataException;
import io.weir.trainer.data.ask.SourceFiles;
import io.weir.trainer.data.ask.SourceFormat;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// CSV files: names and separator come from the header, types from all rows.
final class CsvRelation {
  /// What stands for a missing value, besides an empty field.
  private static final List<String> MISSING =
      List.of("", "NA", "N/A", "NaN", "nan", "NULL", "null", "None");

  private CsvRelation() {}

  /// The relation that stands after `FROM`.
  ///
  /// @param known SQL types by column, upper and lower case being the same, where they need not be
  ///   found out
  static String open(
      DuckDb db, SourceFiles files, Map<String, String> known, String fileColumn, String subject) {
    CsvHeader header = header(files);
    Map<String, String> fixed = new LinkedHashMap<>();
    Map<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    anyCase.putAll(known);
    for (String name : header.names()) {
      if (anyCase.containsKey(name)) {
        fixed.put(name, anyCase.get(name));
      }
    }
    String sniffed = sniffing(files, header, fixed, ", sample_size = -1", fileColumn);
    Map<String, String> types = new LinkedHashMap<>();
    try {
      for (SourceColumn column : RowSource.describe(db, "SELECT * FROM " + sniffed, subject)) {
        types.put(column.name(), column.type());
      }
    } catch (DataException e) {
      // A ragged line shows up as a file whose format cannot be found out; read as texts, DuckDB
      // names the line.
      db.run(
          "CREATE TEMP TABLE \"weir check\" AS SELECT count(*) FROM "
              + texts(files, header, fileColumn),
          subject);
      throw e;
    }
    types.remove(fileColumn);
    // All rows were looked at; from here on the types are fixed.
    return sniffing(files, header, types, "", fileColumn);
  }

  private static CsvHeader header(SourceFiles files) {
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
    return header;
  }

  private static String sniffing(
      SourceFiles files,
      CsvHeader header,
      Map<String, String> types,
      String sample,
      String fileColumn) {
    return ("read_csv(%s, header = true, delim = %s, quote = '\"', escape = '\"', nullstr = %s,"
            + " max_line_size = %d, buffer_size = %d, union_by_name = true, hive_partitioning ="
            + " false, filename = %s%s%s)")
        .formatted(
            FileRelation.paths(files),
            Sql.text(String.valueOf(header.separator())),
            Sql.texts(MISSING),
            FileRelation.LONGEST_ROW,
            2 * FileRelation.LONGEST_ROW,
            Sql.text(fileColumn),
            types.isEmpty() ? "" : ", types = " + map(types),
            sample);
  }

  private static String texts(SourceFiles files, CsvHeader header, String fileColumn) {
    Map<String, String> columns = new LinkedHashMap<>();
    header.names().forEach(name -> columns.put(name, "VARCHAR"));
    return ("read_csv(%s, auto_detect = false, header = true, delim = %s, quote = '\"',"
            + " escape = '\"', max_line_size = %d, buffer_size = %d, filename = %s, columns = %s)")
        .formatted(
            FileRelation.paths(files),
            Sql.text(String.valueOf(header.separator())),
            FileRelation.LONGEST_ROW,
            2 * FileRelation.LONGEST_ROW,
            Sql.text(fileColumn),
            map(columns));
  }

  private static String map(Map<String, String> types) {
    return types.entrySet().stream()
        .map(type -> Sql.text(type.getKey()) + ": " + Sql.text(type.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
