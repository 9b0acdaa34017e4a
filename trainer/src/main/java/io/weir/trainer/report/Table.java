package io.weir.trainer.report;

import java.util.ArrayList;
import java.util.List;

/// A table for a terminal: columns as wide as their widest cell, two spaces between them, a rule
/// below the header.
public final class Table {
  private static final String GAP = "  ";

  private final List<Column> columns;
  private final List<List<String>> rows = new ArrayList<>();

  /// A heading and the side its cells stand on.
  public record Column(String heading, boolean right) {
    /// Words.
    public static Column left(String heading) {
      return new Column(heading, false);
    }

    /// Numbers.
    public static Column right(String heading) {
      return new Column(heading, true);
    }
  }

  public Table(Column... columns) {
    this.columns = List.of(columns);
  }

  /// Adds a row of one cell per column.
  public void row(Object... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          "%d cells for %d columns".formatted(cells.length, columns.size()));
    }
    List<String> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(String.valueOf(cell));
    }
    rows.add(row);
  }

  /// The lines of the table, header first, without trailing spaces.
  public List<String> lines() {
    int[] widths = new int[columns.size()];
    List<String> headings = columns.stream().map(Column::heading).toList();
    measure(headings, widths);
    rows.forEach(row -> measure(row, widths));

    List<String> lines = new ArrayList<>();
    String header = line(headings, widths);
    lines.add(header);
    int total = (widths.length - 1) * GAP.length();
    for (int width : widths) {
      total += width;
    }
    lines.add("-".repeat(total));
    rows.forEach(row -> lines.add(line(row, widths)));
    return lines;
  }

  @Override
  public String toString() {
    return String.join(System.lineSeparator(), lines());
  }

  private static void measure(List<String> row, int[] widths) {
    for (int c = 0; c < widths.length; c++) {
      widths[c] = Math.max(widths[c], row.get(c).length());
    }
  }

  private String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < widths.length; c++) {
      String cell = row.get(c);
      String space = " ".repeat(widths[c] - cell.length());
      line.append(c == 0 ? "" : GAP);
      line.append(columns.get(c).right() ? space + cell : cell + space);
    }
    return line.toString().stripTrailing();
  }
}
