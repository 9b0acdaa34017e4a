package io.weir.trainer.fit;

/// Which rows are held out for validation.
public enum HoldOut {
  /// Drawn by the seed.
  RANDOM,
  /// The last ones; of windows the last ones of each key.
  LAST
}
