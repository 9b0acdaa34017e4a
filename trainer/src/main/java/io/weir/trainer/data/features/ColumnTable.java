package io.weir.trainer.data.features;

import java.util.List;
import java.util.function.Function;

/// The column reports as text, aligned for a terminal.
public final class ColumnTable {
  private ColumnTable() {}

  /// One header line and one line per column, each ending in a newline.
  public static String print(List<ColumnReport> columns) {
    ColumnReport header = new ColumnReport("column", "type", "becomes", "note");
    int name = width(columns, header, ColumnReport::column);
    int type = width(columns, header, ColumnReport::type);
    int outcome = width(columns, header, ColumnReport::outcome);
    StringBuilder text = new StringBuilder();
    for (int i = -1; i < columns.size(); i++) {
      ColumnReport line = i < 0 ? header : columns.get(i);
      String row =
          pad(line.column(), name)
              + pad(line.type(), type)
              + pad(line.outcome(), outcome)
              + line.note();
      text.append(row.stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static int width(
      List<ColumnReport> columns, ColumnReport header, Function<ColumnReport, String> cell) {
    int longest = cell.apply(header).length();
    for (ColumnReport column : columns) {
      longest = Math.max(longest, cell.apply(column).length());
    }
    return longest + 2;
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
