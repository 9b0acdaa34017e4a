package io.weir.streams.gather;

import java.util.Arrays;

/// The last events of one key, in the heap. It grows with its window: most keys of many topics
/// never fill one.
///
/// Holds the links of [Rings], too: at a million keys an object less for each counts.
final class Ring {
  /// Of a ring that was stored and had no event since.
  static final long NEVER = Long.MIN_VALUE;

  final byte[] key;
  final int hash;
  Ring chained;
  Ring idler;
  Ring busier;

  private long count;
  private long newest;
  private long seen = NEVER;
  private int run;
  private float[] values;
  private int next;

  Ring(byte[] key, int hash, int features) {
    this.key = key;
    this.hash = hash;
    this.values = new float[features];
  }

  /// A ring as it was stored.
  ///
  /// @param events [run x features], the newest last; kept
  Ring(byte[] key, int hash, long count, long newest, int run, float[] events) {
    this.key = key;
    this.hash = hash;
    this.count = count;
    this.newest = newest;
    this.run = run;
    this.values = events;
  }

  /// How many events the key had since the ring began.
  long count() {
    return count;
  }

  /// The largest timestamp of the key, in milliseconds.
  long newest() {
    return newest;
  }

  /// The time of the partition when the key's last event came, [#NEVER] if nobody knows.
  long seen() {
    return seen;
  }

  void seen(long partitionTime) {
    seen = partitionTime;
  }

  /// Events in the window of the newest event.
  int run() {
    return run;
  }

  /// Adds an event.
  ///
  /// @param event [features], copied
  void append(WindowRules rules, long timestamp, float[] event) {
    int features = rules.features();
    int after = rules.run(run, newest, timestamp);
    if (after * features > values.length) {
      grow(features, Math.min(rules.steps(), 2 * run));
    }
    System.arraycopy(event, 0, values, next * features, features);
    next = (next + 1) * features == values.length ? 0 : next + 1;
    newest = count == 0 ? timestamp : Math.max(newest, timestamp);
    run = after;
    count++;
  }

  /// Writes the window of the newest event: [steps x features], NaN for the events it lacks.
  void window(WindowRules rules, float[] out, int offset) {
    write(rules, run, rules.steps(), out, offset);
  }

  /// Writes what the window of a next event begins with: [(steps - 1) x features].
  void beginning(WindowRules rules, float[] out, int offset) {
    write(rules, Math.min(run, rules.steps() - 1), rules.steps() - 1, out, offset);
  }

  private void write(WindowRules rules, int events, int places, float[] out, int offset) {
    int from = offset + (places - events) * rules.features();
    Arrays.fill(out, offset, from, Float.NaN);
    copy(events, rules.features(), out, from);
  }

  /// The last events, the oldest first.
  private void copy(int events, int features, float[] out, int offset) {
    int wrapped = Math.max(0, events - next) * features;
    int straight = events * features - wrapped;
    System.arraycopy(values, values.length - wrapped, out, offset, wrapped);
    System.arraycopy(values, next * features - straight, out, offset + wrapped, straight);
  }

  private void grow(int features, int capacity) {
    float[] larger = new float[capacity * features];
    copy(run, features, larger, 0);
    values = larger;
    next = run;
  }
}
