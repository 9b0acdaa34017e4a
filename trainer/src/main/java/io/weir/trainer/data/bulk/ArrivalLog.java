package io.weir.trainer.data.bulk;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/// Takes rows in the order of their arrival, also those that are left out, and tells how each of
/// the others stands to the one before.
public final class ArrivalLog {
  private final int[] keys;
  private final double[] pauses;
  private final BitSet afterHole = new BitSet();
  private final TimeScale scale;
  private final Map<String, Integer> ids = new HashMap<>();
  private final BitSet holes = new BitSet();
  private double[] newest = new double[16];
  private int rows;

  /// @param rows how many rows will be kept
  public ArrivalLog(int rows, TimeScale scale) {
    this.keys = new int[rows];
    this.pauses = new double[rows];
    this.scale = scale;
  }

  /// The next row.
  ///
  /// @param key what tells the entities apart; the same for all rows where nothing does
  /// @param time when it happened, in the unit of the log's scale; without times anything
  /// @param kept false for a row that is left out
  public void add(String key, double time, boolean kept) {
    int known = ids.size();
    int id = ids.computeIfAbsent(key, _ -> known);
    boolean first = id == known;
    if (id == newest.length) {
      newest = Arrays.copyOf(newest, 2 * id);
    }
    if (kept) {
      keys[rows] = id;
      pauses[rows] = first ? Double.POSITIVE_INFINITY : pause(time, newest[id]);
      afterHole.set(rows, holes.get(id));
      rows++;
    }
    holes.set(id, !kept);
    newest[id] = first ? time : Math.max(newest[id], time);
  }

  private double pause(double time, double before) {
    return scale == TimeScale.NONE ? 0 : time - before;
  }

  /// The arrivals, once all rows are there.
  public Arrivals finish() {
    if (rows != keys.length) {
      throw new IllegalStateException("%d rows instead of %d".formatted(rows, keys.length));
    }
    return new Arrivals(keys, ids.size(), pauses, afterHole, scale);
  }
}
