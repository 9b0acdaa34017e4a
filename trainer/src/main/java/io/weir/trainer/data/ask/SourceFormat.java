package io.weir.trainer.data.ask;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// How rows are written down.
public enum SourceFormat {
  /// One header line, then one row per line; separator `,` `;` `|` or tab; quotes as in RFC 4180.
  CSV(".csv", ".csv.gz"),
  /// CSV with tabs.
  TSV(".tsv", ".tsv.gz"),
  /// One object per line, or one array of objects.
  JSON(".json", ".json.gz", ".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz"),
  PARQUET(".parquet", ".pq"),
  /// Avro container files.
  AVRO(".avro"),
  /// Arrays of the MNIST family: one row per image, one column per pixel.
  IDX("-ubyte", "-ubyte.gz", ".idx", ".idx.gz"),
  /// A query in DuckDB's SQL; files stand in it as `'file.parquet'`.
  SQL();

  private static final Pattern QUERY =
      Pattern.compile(
          "\\s*(select|with|from|values)\\s.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private final List<String> endings;

  SourceFormat(String... endings) {
    this.endings = List.of(endings);
  }

  /// Whether a file of this name is taken to be in this format.
  public boolean matches(String fileName) {
    String name = fileName.toLowerCase(Locale.ROOT);
    return endings.stream().anyMatch(name::endsWith);
  }

  /// The word for it in model cards and options.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether a location reads like a query rather than a path.
  static boolean isQuery(String location) {
    return QUERY.matcher(location).matches();
  }

  /// The format by a file's ending.
  ///
  /// @throws DataException for an ending that is not known
  static SourceFormat ofFile(String fileName) {
    for (SourceFormat format : values()) {
      if (format.matches(fileName)) {
        return format;
      }
    }
    String known =
        Arrays.stream(values())
            .flatMap(format -> format.endings.stream())
            .collect(Collectors.joining(" "));
    throw new DataException(
        "%s: the ending tells the format, and must be one of %s. Rename the file or state its format."
            .formatted(fileName, known));
  }
}
