package io.weir.trainer.data.duckdb;

import java.util.Collection;
import java.util.stream.Collectors;

/// Names and texts as SQL writes them.
final class Sql {
  private Sql() {}

  /// A name in double quotes.
  static String name(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /// A text in single quotes.
  static String text(String text) {
    return '\'' + text.replace("'", "''") + '\'';
  }

  /// A list of texts.
  static String texts(Collection<String> texts) {
    return texts.stream().map(Sql::text).collect(Collectors.joining(", ", "[", "]"));
  }

  /// A file's path in which no character works as a pattern.
  static String path(String path) {
    return text(path.replaceAll("[\\[*?]", "[$0]"));
  }
}
