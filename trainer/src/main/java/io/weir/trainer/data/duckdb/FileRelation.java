package io.weir.trainer.data.duckdb;

import io.weir.trainer.data.ask.SourceFiles;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The table function that reads files, as it stands after `FROM`.
final class FileRelation {
  /// What stands for a missing value in text files, besides an empty field.
  private static final List<String> MISSING =
      List.of("", "NA", "N/A", "NaN", "nan", "NULL", "null", "None");

  /// Bytes of the longest row: wide tables and long texts.
  private static final int LONGEST_ROW = 64 << 20;

  private FileRelation() {}

  /// @param fileColumn the name of an additional column with the file's path
  static String parquet(SourceFiles files, String fileColumn) {
    return "read_parquet(%s, union_by_name = true, hive_partitioning = false, filename = %s)"
        .formatted(paths(files), Sql.text(fileColumn));
  }

  static String json(SourceFiles files, String fileColumn) {
    return ("read_json(%s, sample_size = -1, union_by_name = true, map_inference_threshold = -1,"
            + " maximum_object_size = %d, hive_partitioning = false, filename = %s)")
        .formatted(paths(files), LONGEST_ROW, Sql.text(fileColumn));
  }

  /// @param types by column, where the type is not to be found out
  /// @param allRows whether every row is looked at to find types out, or only the first 20,480
  static String csv(
      SourceFiles files,
      char separator,
      Map<String, String> types,
      boolean allRows,
      String fileColumn) {
    String typeMap =
        types.entrySet().stream()
            .map(type -> Sql.text(type.getKey()) + ": " + Sql.text(type.getValue()))
            .collect(Collectors.joining(", ", "{", "}"));
    return ("read_csv(%s, header = true, delim = %s, quote = '\"', escape = '\"', nullstr = %s,"
            + " max_line_size = %d, union_by_name = true, hive_partitioning = false,"
            + " filename = %s%s%s)")
        .formatted(
            paths(files),
            Sql.text(String.valueOf(separator)),
            Sql.texts(MISSING),
            LONGEST_ROW,
            Sql.text(fileColumn),
            types.isEmpty() ? "" : ", types = " + typeMap,
            allRows ? ", sample_size = -1" : "");
  }

  /// Every column as text, nothing found out.
  static String csvTexts(SourceFiles files, CsvHeader header, String fileColumn) {
    String columns =
        header.names().stream()
            .map(name -> Sql.text(name) + ": 'VARCHAR'")
            .collect(Collectors.joining(", ", "{", "}"));
    return ("read_csv(%s, auto_detect = false, header = true, delim = %s, quote = '\"',"
            + " escape = '\"', max_line_size = %d, filename = %s, columns = %s)")
        .formatted(
            paths(files),
            Sql.text(String.valueOf(header.separator())),
            LONGEST_ROW,
            Sql.text(fileColumn),
            columns);
  }

  /// The entries of `types` whose column is there, upper and lower case being the same.
  static Map<String, String> present(Map<String, String> types, List<String> columns) {
    Map<String, String> known = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    known.putAll(types);
    Map<String, String> present = new LinkedHashMap<>();
    for (String column : columns) {
      if (known.containsKey(column)) {
        present.put(column, known.get(column));
      }
    }
    return present;
  }

  private static String paths(SourceFiles files) {
    return files.files().stream()
        .map(Path::toString)
        .map(Sql::path)
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
