package io.weir.streams.gather;

import java.util.Arrays;

/// The windows of events whose turn has not come: what the rings will hold if the events of the
/// batch come in this order. The rings themselves stay as they are.
///
/// Everything is reused from batch to batch. A key's window is made of its window before, which
/// lies in the batch's own rows: a ring is read at the first event of its key only.
public final class WindowsAhead {
  private final WindowRules rules;
  private final KeyAhead[] table;
  private int batch;
  private TaskWindows windows;
  private KeyAhead current;

  /// A key of the batch and its state after its last event there.
  private static final class KeyAhead {
    private int batch;
    private int hash;
    private byte[] key;
    private long count;
    private long newest;
    private int run;
    private float[] window;
    private int offset;
    private float[] unscored;
  }

  /// @param eventsMax most events of a batch
  public WindowsAhead(WindowRules rules, int eventsMax) {
    this.rules = rules;
    this.table = new KeyAhead[Integer.highestOneBit(eventsMax) * 4];
  }

  /// Starts a batch with the event that was just appended to `of`, whose window lies in a row.
  ///
  /// @param rows where the windows of the batch lie
  public void start(TaskWindows of, float[] rows, int offset) {
    batch++;
    windows = of;
    Ring ring = of.ring();
    KeyAhead ahead = claim(ring.key, ring.hash);
    ahead.count = ring.count();
    ahead.newest = ring.newest();
    ahead.run = ring.run();
    ahead.window = rows;
    ahead.offset = offset;
    current = ahead;
  }

  /// Adds the next event of the partition.
  ///
  /// @param key null for none
  /// @param event [features] raw values
  /// @param rows receives the event's window from `offset`, if it is to be scored
  /// @return whether it is
  public boolean append(byte[] key, long timestamp, float[] event, float[] rows, int offset) {
    if (rules.refuses(key)) {
      return false;
    }
    int hash = Rings.hash(key);
    KeyAhead ahead = find(key, hash);
    Ring ring = null;
    if (ahead == null) {
      ahead = claim(key, hash);
      ring = windows.find(key, hash);
      ahead.count = ring == null ? 0 : ring.count();
      ahead.newest = ring == null ? timestamp : ring.newest();
      ahead.run = ring == null ? 0 : ring.run();
      ahead.window = null;
    }
    current = ahead;
    ahead.run = rules.run(ahead.run, ahead.newest, timestamp);
    ahead.newest = Math.max(ahead.newest, timestamp);
    ahead.count++;
    boolean scored = rules.scored(ahead.run);
    if (scored) {
      place(ahead, ring, event, rows, offset);
    } else {
      if (ahead.unscored == null) {
        ahead.unscored = new float[rules.values()];
      }
      place(ahead, ring, event, ahead.unscored, 0);
    }
    return scored;
  }

  /// How many events the key of the last event has had, that one included.
  public long count() {
    return current.count;
  }

  /// Events in the window of the last event.
  public int run() {
    return current.run;
  }

  private void place(KeyAhead ahead, Ring ring, float[] event, float[] out, int offset) {
    int features = rules.features();
    int beginning = rules.values() - features;
    if (ahead.run == 1) {
      Arrays.fill(out, offset, offset + beginning, Float.NaN);
    } else if (ahead.window == null) {
      ring.beginning(rules, out, offset);
    } else {
      System.arraycopy(ahead.window, ahead.offset + features, out, offset, beginning);
    }
    System.arraycopy(event, 0, out, offset + beginning, features);
    ahead.window = out;
    ahead.offset = offset;
  }

  private KeyAhead find(byte[] key, int hash) {
    int at = hash & table.length - 1;
    while (table[at] != null && table[at].batch == batch) {
      if (table[at].hash == hash && Arrays.equals(table[at].key, key)) {
        return table[at];
      }
      at = at + 1 & table.length - 1;
    }
    return null;
  }

  private KeyAhead claim(byte[] key, int hash) {
    int at = hash & table.length - 1;
    while (table[at] != null && table[at].batch == batch) {
      at = at + 1 & table.length - 1;
    }
    if (table[at] == null) {
      table[at] = new KeyAhead();
    }
    table[at].batch = batch;
    table[at].hash = hash;
    table[at].key = key;
    return table[at];
  }
}
