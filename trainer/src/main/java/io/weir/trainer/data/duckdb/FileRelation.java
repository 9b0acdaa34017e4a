package io.weir.trainer.data.duckdb;

import io.weir.trainer.data.ask.SourceFiles;
import java.nio.file.Path;
import java.util.stream.Collectors;

/// The table function that reads files, as it stands after `FROM`.
final class FileRelation {
  /// Bytes of the longest row: wide tables and long texts. DuckDB's buffers grow with it.
  static final int LONGEST_ROW = 16 << 20;

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

  /// The files as a list.
  static String paths(SourceFiles files) {
    return files.files().stream()
        .map(Path::toString)
        .map(Sql::path)
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
