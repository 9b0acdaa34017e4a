package io.weir.trainer.data.features;

import io.weir.trainer.data.ask.DataException;
import io.weir.trainer.data.ask.DataRequest;
import io.weir.trainer.data.ask.DataRequest.Timing;
import io.weir.trainer.data.ask.TimeRange;
import io.weir.trainer.data.bulk.TimeScale;
import io.weir.trainer.data.duckdb.ArrivalColumns;
import io.weir.trainer.data.duckdb.ArrivalColumns.Named;
import io.weir.trainer.data.duckdb.ColumnKind;
import io.weir.trainer.data.duckdb.RowTable;
import io.weir.trainer.data.duckdb.SourceColumn;
import io.weir.trainer.data.duckdb.WantedColumn;
import java.util.List;

/// The columns of key and time, where they matter.
///
/// @param key null where it does not matter
/// @param time null where it does not matter
record TimedColumns(WantedColumn key, WantedColumn time, Timing timing) {
  /// @param key the column that the request names; null for none
  /// @param time likewise
  /// @throws DataException where a column holds no keys or no times
  static TimedColumns of(SourceColumn key, SourceColumn time, DataRequest request) {
    Timing timing = request.timing();
    if (time == null && !timing.excluded().isEmpty()) {
      throw new DataException(
          "%s: times are left out (%s), but no column is named that holds them. Name it with --time."
              .formatted(request.source().location(), timing.excluded().getFirst()));
    }
    boolean timed = timing.arrivals() || !timing.excluded().isEmpty();
    return new TimedColumns(
        key == null || !timing.arrivals() ? null : key(key),
        time == null || !timed ? null : time(time),
        timing);
  }

  private static WantedColumn key(SourceColumn column) {
    if (column.kind() == ColumnKind.OTHER) {
      throw new DataException(
          "The key column '%s' is %s, which is no single value: a key is a text, a number or a time. Name another column."
              .formatted(column.name(), column.type()));
    }
    return new WantedColumn(column, ColumnKind.TEXT);
  }

  private static WantedColumn time(SourceColumn column) {
    ColumnKind kind =
        switch (column.kind()) {
          case TIME, TEXT -> ColumnKind.TIME;
          case NUMBER, INTEGER -> ColumnKind.NUMBER;
          case BOOLEAN, OTHER ->
              throw new DataException(
                  "The time column '%s' is %s: a time is a timestamp, a date, an ISO-8601 text or a number. Name another column."
                      .formatted(column.name(), column.type()));
        };
    return new WantedColumn(column, kind);
  }

  /// Adds the columns to those that are read.
  void addTo(List<WantedColumn> wanted) {
    for (WantedColumn column : new WantedColumn[] {key, time}) {
      if (column != null && !wanted.contains(column)) {
        wanted.add(column);
      }
    }
  }

  /// Leaves the rows of the excluded times out.
  ///
  /// @throws DataException where none is left
  void leaveOut(RowTable table, String location) {
    for (TimeRange range : timing.excluded()) {
      TimeRange.Bounds bounds = range.bounds(time.column().name(), scale() == TimeScale.OWN);
      table.leaveOut(table.columns().indexOf(time), bounds.from(), bounds.to());
    }
    if (!timing.excluded().isEmpty() && table.rows() == 0) {
      throw new DataException(
          "%s: no row is left outside of the excluded times %s. Exclude fewer of them."
              .formatted(location, timing.excluded()));
    }
  }

  /// Where the table has them; null where the order of the rows does not matter.
  ArrivalColumns arrivals(RowTable table) {
    return timing.arrivals()
        ? new ArrivalColumns(named(table, key), named(table, time), scale())
        : null;
  }

  private static Named named(RowTable table, WantedColumn column) {
    return column == null
        ? null
        : new Named(column.column().name(), table.columns().indexOf(column));
  }

  private TimeScale scale() {
    if (time == null) {
      return TimeScale.NONE;
    }
    return time.kind() == ColumnKind.TIME ? TimeScale.MICROSECONDS : TimeScale.OWN;
  }
}
