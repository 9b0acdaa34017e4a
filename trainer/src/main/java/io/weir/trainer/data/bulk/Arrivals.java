package io.weir.trainer.data.bulk;

import java.util.BitSet;

/// In which order rows came, key by key.
///
/// @param keys [rows] of each row: a number from 0, by first appearance
/// @param keyCount how many keys there are
/// @param pauses [rows] time between the newest row of the same key and this one; negative where it
///   came late, infinite where it is the key's first row, 0 where there are no times
/// @param afterHole rows of whose key a row was left out directly before them
/// @param scale the unit of the pauses
public record Arrivals(
    int[] keys, int keyCount, double[] pauses, BitSet afterHole, TimeScale scale) {
  /// Number of rows.
  public int rows() {
    return keys.length;
  }

  /// Rows that are older than the newest row of their key before them.
  public int late() {
    int late = 0;
    for (double pause : pauses) {
      late += pause < 0 ? 1 : 0;
    }
    return late;
  }
}
