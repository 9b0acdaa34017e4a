package io.weir.streams.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A table: what a chart shows, for those who cannot see it, and what charts are too coarse for.
final class Table {
  private final String caption;
  private final List<Column> columns = new ArrayList<>();
  private final List<Cell[]> rows = new ArrayList<>();

  private enum Kind {
    text,
    number,
    /// Text that stays on one line: times, coordinates.
    line
  }

  private record Column(String name, Kind kind) {}

  /// What stands in a place.
  ///
  /// @param share 0 to 1 for a bar behind the text, negative for none
  /// @param heat 0 to 1 for the strength of its colour, negative for none
  record Cell(String text, double share, double heat) {
    static Cell of(String text) {
      return new Cell(text, -1, -1);
    }

    static Cell of(long count) {
      return of(Shown.count(count));
    }

    static Cell bar(String text, double share) {
      return new Cell(text, share, -1);
    }

    static Cell heat(String text, double heat) {
      return new Cell(text, -1, heat);
    }
  }

  Table(String caption) {
    this.caption = caption;
  }

  Table text(String... names) {
    for (String name : names) {
      columns.add(new Column(name, Kind.text));
    }
    return this;
  }

  Table number(String... names) {
    for (String name : names) {
      columns.add(new Column(name, Kind.number));
    }
    return this;
  }

  Table line(String... names) {
    for (String name : names) {
      columns.add(new Column(name, Kind.line));
    }
    return this;
  }

  Table row(Cell... cells) {
    rows.add(cells);
    return this;
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  void write(Html html) {
    html.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", caption);
    html.open("table").element("caption", caption);
    html.open("thead").open("tr");
    columns.forEach(
        column -> html.element("th", column.name(), "scope", "col", "class", column.kind().name()));
    html.close("tr").close("thead").open("tbody");
    rows.forEach(row -> row(html, row));
    html.close("tbody").close("table").close("div");
  }

  private void row(Html html, Cell[] cells) {
    html.open("tr");
    for (int i = 0; i < cells.length; i++) {
      String kind = columns.get(i).kind().name();
      Cell cell = cells[i];
      if (cell.share() >= 0) {
        html.open("td", "class", kind + " bar", "style", "--share:" + fraction(cell.share()));
      } else if (cell.heat() >= 0) {
        html.open("td", "class", kind + " heat", "style", "--heat:" + fraction(cell.heat()));
      } else {
        html.open("td", "class", kind);
      }
      html.element("span", cell.text()).close("td");
    }
    html.close("tr");
  }

  private static String fraction(double value) {
    return String.format(Locale.ROOT, "%.4f", Math.clamp(value, 0, 1));
  }
}
