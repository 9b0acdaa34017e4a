package io.weir.streams.replay.tally;

/// What is known of an event.
public enum Label {
  /// Nothing: it agrees with no threshold and disagrees with none.
  UNKNOWN,
  NORMAL,
  ANOMALOUS
}
