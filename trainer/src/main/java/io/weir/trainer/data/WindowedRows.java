package io.weir.trainer.data;

import io.weir.trainer.data.ask.DataException;
import io.weir.trainer.data.bulk.RowOrder;
import io.weir.trainer.data.bulk.RowValues;
import io.weir.trainer.data.bulk.Storage;
import io.weir.trainer.data.bulk.WindowRows;
import io.weir.trainer.data.window.WindowRule;
import io.weir.trainer.data.window.Windows;
import java.util.Arrays;

/// Windows of events as the rows of a data set. A window has the row number, the label and the
/// weight of its last event.
///
/// @param rows one per window, in the order of their last events
/// @param keyOf [rows] the key of each window, from 0
/// @param events how many events there are
/// @param keys how many keys they have
/// @param without events at which no window ends, because too few of their key came before
/// @param late events that are older than the newest of their key before them; they stay in the
///   place where they came
public record WindowedRows(Dataset rows, int[] keyOf, int events, int keys, int without, int late) {
  /// The windows.
  public WindowRows windows() {
    return (WindowRows) rows.raw();
  }

  /// Makes windows of the rows of a data set that knows its arrivals.
  ///
  /// @param storage where the events wait, if they do not stand key after key
  /// @param cure what to do where there is no window, such as `Take fewer --steps.`
  /// @throws DataException where there is no window
  public static WindowedRows of(Dataset data, WindowRule rule, Storage storage, String cure) {
    int[] keys = data.arrivals().keys();
    Windows windows = Windows.of(data.arrivals(), rule);
    if (windows.count() == 0) {
      throw new DataException(
          "No key has %d events in a row%s: the longest run has %d. %s"
              .formatted(
                  rule.steps(),
                  Double.isInfinite(rule.longestPause()) ? "" : " without too long a pause",
                  windows.longestRun(),
                  cure));
    }
    RowValues events = RowOrder.of(data.raw(), windows.order(), storage);
    WindowRows values = new WindowRows(events, rule.steps(), windows.first(), windows.last());
    return new WindowedRows(
        data.withRows(windows.rows(), values),
        Arrays.stream(windows.rows()).map(row -> keys[row]).toArray(),
        data.rows(),
        data.arrivals().keyCount(),
        windows.without(),
        data.arrivals().late());
  }
}
