package io.weir.trainer.data.features;

import io.weir.trainer.data.ask.DataRequest;
import io.weir.trainer.data.duckdb.ColumnKind;
import io.weir.trainer.data.duckdb.RowSource;
import io.weir.trainer.data.duckdb.RowSource.Times;

/// How many events come a day, from the times of all rows of a source, before any filter.
final class EventRate {
  private static final double DAY = 24 * 3_600e6;

  /// A shorter time says nothing of a day.
  private static final double SHORTEST = 3_600e6;

  private EventRate() {}

  /// The rows for each day between the first and the last of them.
  ///
  /// @return null where it does not matter, or where there are no timestamps that span an hour
  static Double perDay(RowSource source, DataRequest request) {
    if (!request.timing().rate()) {
      return null;
    }
    return source.columns().stream()
        .filter(column -> column.name().equals(request.roles().time()))
        .filter(column -> column.kind() == ColumnKind.TIME || column.kind() == ColumnKind.TEXT)
        .findFirst()
        .flatMap(source::times)
        .map(EventRate::perDay)
        .orElse(null);
  }

  private static Double perDay(Times times) {
    double span = (double) times.lastMicros() - times.firstMicros();
    return span < SHORTEST ? null : (times.rows() - 1) / span * DAY;
  }
}
