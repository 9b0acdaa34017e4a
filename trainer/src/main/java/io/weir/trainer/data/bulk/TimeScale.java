package io.weir.trainer.data.bulk;

/// What a pause between two rows is measured in.
public enum TimeScale {
  /// There are no times.
  NONE,
  /// The times are timestamps.
  MICROSECONDS,
  /// The times are numbers, in a unit that only their source knows.
  OWN
}
