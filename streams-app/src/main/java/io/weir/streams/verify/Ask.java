package io.weir.streams.verify;

import java.util.Arrays;
import java.util.List;

/// A receipt whose event, or whose window of events, is being fetched.
final class Ask {
  final Receipt receipt;

  /// Events of its window, 1 for a model that looks at single events.
  final int events;

  private final int features;
  private float[] row;
  private int found;
  private int unreadable;
  private Verdict verdict;

  /// @param steps of the model
  Ask(Receipt receipt, int events, int steps, int features) {
    this.receipt = receipt;
    this.events = events;
    this.features = features;
    this.row = new float[steps * features];
    Arrays.fill(row, Float.NaN);
  }

  /// The raw values, [steps x features], NaN for the events that the window lacks.
  float[] row() {
    return row;
  }

  /// How many events of the window are still to be found; they are the earlier ones.
  int lacking() {
    return events - found;
  }

  /// Whether its own event was found, or a verdict made that needs none.
  boolean isMet() {
    return found > 0 || verdict != null;
  }

  /// Puts the newest of some events before those that are there.
  ///
  /// @param earlier [features] each, the oldest first
  void addBefore(List<float[]> earlier) {
    for (int i = earlier.size() - 1; i >= 0 && lacking() > 0; i--) {
      found++;
      System.arraycopy(earlier.get(i), 0, row, row.length - found * features, features);
    }
  }

  /// Counts records of its key whose schema the registry does not know; it may have been known
  /// once.
  void unreadable(int records) {
    unreadable += records;
  }

  int unreadable() {
    return unreadable;
  }

  /// Empty as long as nothing stands against computing.
  Verdict verdict() {
    return verdict;
  }

  /// Ends it; the first verdict counts.
  void end(Verdict with) {
    if (verdict == null) {
      verdict = with;
    }
    row = null;
  }
}
