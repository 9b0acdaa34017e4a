package io.weir.streams.gather;

/// What makes a window of a key: the last events of the key in the order of their arrival in the
/// partition, the newest last.
///
/// @param steps events of a full window, 2 to [#MAX_STEPS]
/// @param features raw values of an event
/// @param layout what the stored values mean, see [SlotCodec]; those of another layout are left
///   aside
/// @param maxGapMillis after a longer pause between the newest event of a key and the next one the
///   window starts anew, [#NEVER] for none
/// @param padded whether events are scored before their window is full, NaN standing for the
///   missing events
/// @param idleMillis by how much the time of the partition goes on after a key's last event until
///   the key is forgotten; at least `maxGapMillis`; [#NEVER] to keep it
/// @param keyless what becomes of records without a key
public record WindowRules(
    int steps,
    int features,
    int layout,
    long maxGapMillis,
    boolean padded,
    long idleMillis,
    Keyless keyless) {
  /// No time is that long.
  public static final long NEVER = Long.MAX_VALUE;

  /// What the slot number in the store can count.
  public static final int MAX_STEPS = 65_535;

  /// Longer keys are refused: every event logs its key, and the heap holds all of them.
  public static final int MAX_KEY_BYTES = 4_096;

  /// What becomes of records without a key.
  public enum Keyless {
    /// Together they make one window of their partition.
    ONE_WINDOW,
    /// They are bad records.
    DEAD_LETTER,
    /// They stop the processor.
    REFUSE
  }

  public WindowRules {
    if (steps < 2 || steps > MAX_STEPS || features < 1 || maxGapMillis > idleMillis) {
      throw new IllegalArgumentException(
          "%d steps, %d features, gap %d, idle %d"
              .formatted(steps, features, maxGapMillis, idleMillis));
    }
  }

  /// Raw values of a window.
  public int values() {
    return steps * features;
  }

  /// Events in the window of an event.
  ///
  /// @param run events in the window of the event before, 0 if there is none
  /// @param newest the largest timestamp of the key so far
  /// @param timestamp of the event; one older than `newest` is late, and never follows a gap
  public int run(int run, long newest, long timestamp) {
    return run == 0 || timestamp - newest > maxGapMillis ? 1 : Math.min(run + 1, steps);
  }

  /// Whether an event with so many events in its window is scored.
  public boolean scored(int run) {
    return padded || run == steps;
  }

  /// Whether a record with this key is bad.
  ///
  /// @param key null for none
  boolean refuses(byte[] key) {
    return key == null ? keyless != Keyless.ONE_WINDOW : key.length > MAX_KEY_BYTES;
  }
}
