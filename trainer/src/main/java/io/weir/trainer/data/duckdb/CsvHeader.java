package io.weir.trainer.data.duckdb;

import io.weir.trainer.data.ask.DataException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/// The header line of a CSV file. It is read here and not guessed by DuckDB, which would rename
/// columns of the same name, take a ragged file for one of a single column, and take the first row
/// of a file without header for names.
///
/// @param separator `,` `;` `|` or tab: the most frequent in the header, the comma on a tie
/// @param names the columns
record CsvHeader(char separator, List<String> names) {
  private static final String SEPARATORS = ",;|\t";
  private static final int LONGEST = 1 << 24;

  /// @param separator the separator, null to find it
  static CsvHeader read(Path file, Character separator) {
    String line = firstRecord(file);
    if (line.isBlank()) {
      throw new DataException(
          "%s has no header: its first line is empty. Name the columns there.".formatted(file));
    }
    char used = separator == null ? mostFrequent(line) : separator;
    CsvHeader header = new CsvHeader(used, List.copyOf(split(line, used)));
    header.requireNames(file);
    return header;
  }

  private void requireNames(Path file) {
    if (names.stream().allMatch(CsvHeader::isNumber)) {
      throw new DataException(
          "%s has no header: its first line holds the numbers %s. Put the column names there."
              .formatted(file, names.size() > 5 ? names.subList(0, 5) + "..." : names));
    }
    Map<String, String> seen = new HashMap<>();
    for (String name : names) {
      String before = seen.put(name.strip().toLowerCase(Locale.ROOT), name);
      if (before != null) {
        throw new DataException(
            before.equals(name)
                ? "%s has two columns '%s': a name must be unique. Rename one of them."
                    .formatted(file, name)
                : "%s has columns '%s' and '%s': names must differ in more than case and spaces."
                    .formatted(file, before, name));
      }
    }
  }

  private static boolean isNumber(String text) {
    try {
      Double.parseDouble(text);
      return true;
    } catch (NumberFormatException _) {
      return false;
    }
  }

  /// The first line; a line break inside quotes belongs to it.
  private static String firstRecord(Path file) {
    try (InputStream in = Files.newInputStream(file);
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(
                    file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in,
                    StandardCharsets.UTF_8))) {
      StringBuilder line = new StringBuilder();
      boolean quoted = false;
      int c = reader.read();
      if (c < 0) {
        throw new DataException("%s is empty: there is nothing to read.".formatted(file));
      }
      // A byte order mark is no part of the first name.
      for (c = c == '\uFEFF' ? reader.read() : c; c >= 0; c = reader.read()) {
        quoted ^= c == '"';
        if (!quoted && (c == '\n' || c == '\r') || line.length() > LONGEST) {
          break;
        }
        line.append((char) c);
      }
      return line.toString();
    } catch (IOException e) {
      throw new DataException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static char mostFrequent(String line) {
    int[] counts = new int[SEPARATORS.length()];
    boolean quoted = false;
    for (char c : line.toCharArray()) {
      quoted ^= c == '"';
      int index = SEPARATORS.indexOf(c);
      if (!quoted && index >= 0) {
        counts[index]++;
      }
    }
    int most = 0;
    for (int i = 1; i < counts.length; i++) {
      most = counts[i] > counts[most] ? i : most;
    }
    return SEPARATORS.charAt(most);
  }

  private static List<String> split(String line, char separator) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        field.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
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
