package io.weir.streams.judge;

/// How much an alert matters, from the rarity of its score: one in how many normal events scores at
/// least as much.
///
/// Rarity says no more than the model's validation rows can: a model validated on 20,000 rows gives
/// `CRITICAL` only if the fit of its tail is usable, and never without.
public enum Severity {
  /// Less rare than one in 1,000.
  LOW(0),
  /// One in 1,000 or rarer.
  MEDIUM(1_000),
  /// One in 10,000 or rarer.
  HIGH(10_000),
  /// One in 100,000 or rarer.
  CRITICAL(100_000);

  private static final Severity[] ALL = values();

  private final double rarityFrom;

  Severity(double rarityFrom) {
    this.rarityFrom = rarityFrom;
  }

  /// The severity of a rarity.
  public static Severity of(double rarity) {
    Severity severity = LOW;
    for (Severity candidate : ALL) {
      if (rarity >= candidate.rarityFrom) {
        severity = candidate;
      }
    }
    return severity;
  }
}
