package io.weir.trainer.data.window;

import io.weir.trainer.data.bulk.Arrivals;
import java.util.Arrays;

/// Which events make up which windows, in the order of the windows' last events.
///
/// @param order [events] the events key after key, each key's in the order of their arrival: where
///   `first` and `last` count
/// @param first [windows] the first event of each window
/// @param last [windows] its last event
/// @param rows [windows] the last event by its position among the arrivals, ascending
/// @param without events at which no window ends, because too few of their key came before; those
///   that the stride passes over do not count
/// @param longestRun the most events of a key that follow each other
public record Windows(
    int[] order, int[] first, int[] last, int[] rows, int without, int longestRun) {

  /// How many windows there are.
  public int count() {
    return rows.length;
  }

  /// Goes through the arrivals.
  ///
  /// A run of events ends at a pause that is too long and at an event that was left out. Where
  /// windows are padded, a run that begins after one that was left out has no short windows: in the
  /// stream that event would have been in their place.
  public static Windows of(Arrivals arrivals, WindowRule rule) {
    int events = arrivals.rows();
    int[] next = starts(arrivals);
    int[] order = new int[events];
    int[] run = new int[arrivals.keyCount()];
    boolean[] complete = new boolean[arrivals.keyCount()];
    int[] first = new int[events];
    int[] last = new int[events];
    int[] rows = new int[events];
    int count = 0;
    int without = 0;
    int longest = 0;
    for (int event = 0; event < events; event++) {
      int key = arrivals.keys()[event];
      boolean pausedTooLong = breaks(arrivals.pauses()[event], rule);
      if (pausedTooLong || arrivals.afterHole().get(event)) {
        run[key] = 0;
        complete[key] = pausedTooLong;
      }
      run[key]++;
      longest = Math.max(longest, run[key]);
      int at = next[key]++;
      order[at] = event;
      boolean padded = rule.padded() && complete[key];
      int windows = padded ? run[key] : run[key] - rule.steps() + 1;
      if (windows < 1) {
        without++;
      } else if ((windows - 1) % rule.stride() == 0) {
        first[count] = at - Math.min(run[key], rule.steps()) + 1;
        last[count] = at;
        rows[count++] = event;
      }
    }
    return new Windows(
        order,
        Arrays.copyOf(first, count),
        Arrays.copyOf(last, count),
        Arrays.copyOf(rows, count),
        without,
        longest);
  }

  /// Infinite for the first event of a key.
  private static boolean breaks(double pause, WindowRule rule) {
    return pause == Double.POSITIVE_INFINITY || pause > rule.longestPause();
  }

  /// Where the events of each key begin in the order.
  private static int[] starts(Arrivals arrivals) {
    int[] starts = new int[arrivals.keyCount() + 1];
    for (int key : arrivals.keys()) {
      starts[key + 1]++;
    }
    for (int key = 0; key < arrivals.keyCount(); key++) {
      starts[key + 1] += starts[key];
    }
    return starts;
  }
}
