package io.weir.trainer.data.window;

import io.weir.trainer.data.ask.DataException;

/// What makes a window: the last `steps` events of a key in the order of their arrival, the newest
/// last, without a pause that is too long and without an event that was left out.
///
/// @param steps events of a window, at least 2
/// @param stride of the windows of a run, each how-manieth is taken: at least 1, 1 for all
/// @param longestPause between an event and the newest one of its key before it, in the unit of the
///   times; infinite where no pause is too long
/// @param padded whether the first events of a run have windows, too, whose missing events stand at
///   the beginning
public record WindowRule(int steps, int stride, double longestPause, boolean padded) {
  public WindowRule {
    if (steps < 2) {
      throw new DataException("A window of %d events: at least 2".formatted(steps));
    }
    if (stride < 1) {
      throw new DataException("A stride of %d events: at least 1".formatted(stride));
    }
    if (!(longestPause >= 0)) {
      throw new DataException("A longest pause of %s: at least 0".formatted(longestPause));
    }
  }
}
