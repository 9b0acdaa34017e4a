package io.weir.trainer.command;

import io.weir.schemas.card.ModelCard.Window;
import io.weir.trainer.data.Dataset;
import io.weir.trainer.data.WindowedRows;
import io.weir.trainer.data.ask.DataException;
import io.weir.trainer.data.bulk.Storage;
import io.weir.trainer.data.bulk.TimeScale;
import io.weir.trainer.data.window.WindowRule;
import java.io.PrintWriter;
import java.time.Duration;

/// Events as the windows that a card describes.
final class EventWindows {
  private static final double MICROS = 1e3;

  private EventWindows() {}

  /// Windows of rows that were read with their arrivals.
  ///
  /// @param stride of the windows of a key, each how-manieth is taken
  /// @param cure what to do where there is no window
  /// @throws DataException where there is none, or the times do not suit the longest pause
  static WindowedRows of(Dataset events, Window window, int stride, Storage storage, String cure) {
    double pause = longestPause(window, events.arrivals().scale());
    WindowRule rule = new WindowRule(window.steps(), stride, pause, window.padded());
    return WindowedRows.of(events, rule, storage, cure);
  }

  /// In the unit of the times; infinite where no pause is too long.
  private static double longestPause(Window window, TimeScale scale) {
    if (window.maxGapMillis() != null && scale != TimeScale.MICROSECONDS) {
      throw new DataException(
          "The longest pause inside a window is %s, but the time column '%s' holds numbers in a unit of their own: give --max-gap as a number in that unit, or a column of timestamps as --time."
              .formatted(Duration.ofMillis(window.maxGapMillis()), window.time()));
    }
    if (window.maxGap() != null && scale != TimeScale.OWN) {
      throw new DataException(
          "The longest pause inside a window is %s, a number, but the time column '%s' holds timestamps: give --max-gap as a duration such as 30s, or a column of numbers as --time."
              .formatted(window.maxGap(), window.time()));
    }
    if (window.maxGapMillis() != null) {
      return window.maxGapMillis() * MICROS;
    }
    return window.maxGap() == null ? Double.POSITIVE_INFINITY : window.maxGap();
  }

  /// Says what became of the events.
  ///
  /// @param unwindowed what becomes of those without a window of their own
  static void tell(PrintWriter messages, WindowedRows windows, Window window, String unwindowed) {
    messages.printf(
        "%,d windows of %d events, %s%n",
        windows.rows().rows(),
        window.steps(),
        windows.keys() == 1 ? "all of one key" : "of %,d keys".formatted(windows.keys()));
    if (windows.without() > 0) {
      messages.printf(
          "%,d of %,d rows %s: fewer than %d events of their key came directly before them%n",
          windows.without(), windows.events(), unwindowed, window.steps() - 1);
    }
    if (windows.late() > 0) {
      messages.printf(
          "%,d rows came late, after a newer one of their key: they stay where they came%n",
          windows.late());
    }
    messages.flush();
  }
}
