package io.weir.demo.source;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/// Reads CSV (RFC 4180) record by record, gzipped when the name ends in `.gz`. Keeps the text of
/// each record, so that a part of a file can be copied as it is.
final class CsvReader implements AutoCloseable {
  private final BufferedReader in;
  private final char separator;
  private final List<String> header;
  private final String headerText;
  private String text;

  CsvReader(Path file) throws IOException {
    InputStream bytes = Files.newInputStream(file);
    try {
      in =
          new BufferedReader(
              new InputStreamReader(
                  file.toString().endsWith(".gz") ? new GZIPInputStream(bytes, 1 << 16) : bytes,
                  StandardCharsets.UTF_8),
              1 << 16);
      headerText = in.readLine();
      if (headerText == null) {
        throw new IOException("%s is empty: a header and rows are needed".formatted(file));
      }
      separator = separatorOf(headerText);
      header = split(headerText);
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  /// The names of the columns.
  List<String> header() {
    return header;
  }

  /// The header as it stands in the file.
  String headerText() {
    return headerText;
  }

  /// The fields of the next record, or null at the end; empty lines are skipped.
  List<String> next() throws IOException {
    String line = in.readLine();
    while (line != null && line.isBlank()) {
      line = in.readLine();
    }
    if (line == null) {
      return null;
    }
    StringBuilder whole = new StringBuilder(line);
    while (whole.chars().filter(c -> c == '"').count() % 2 == 1) {
      String more = in.readLine();
      if (more == null) {
        break;
      }
      whole.append('\n').append(more);
    }
    text = whole.toString();
    return split(text);
  }

  /// The text of the record that [#next()] returned last.
  String text() {
    return text;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private static char separatorOf(String header) {
    char best = ',';
    for (char candidate : new char[] {',', ';', '\t', '|'}) {
      if (header.chars().filter(c -> c == candidate).count()
          > header.chars().filter(matches(best)).count()) {
        best = candidate;
      }
    }
    return best;
  }

  private static java.util.function.IntPredicate matches(char wanted) {
    return c -> c == wanted;
  }

  private List<String> split(String record) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < record.length(); i++) {
      char c = record.charAt(i);
      if (c == '"') {
        if (quoted && i + 1 < record.length() && record.charAt(i + 1) == '"') {
          field.append('"');
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (c == separator && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }
}
