package io.weir.streams.replay.tally;

import io.weir.schemas.json.KeyText;
import io.weir.streams.replay.ReplayResult;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Alerts by key, of so many keys as come first: [#KEPT] of a partition.
final class KeyCounts {
  static final int KEPT = 100_000;

  private final Map<ByteBuffer, Count> keys = new HashMap<>();
  private Count keyless;
  private long others;

  private static final class Count {
    private long alerts;
    private float highest = Float.NEGATIVE_INFINITY;

    private void add(long more, float score) {
      alerts += more;
      highest = Math.max(highest, score);
    }
  }

  /// @param key null without one
  void alert(ByteBuffer key, float score) {
    add(key, 1, score);
  }

  private void add(ByteBuffer key, long alerts, float highest) {
    if (key == null) {
      keyless = keyless == null ? new Count() : keyless;
      keyless.add(alerts, highest);
      return;
    }
    Count known = keys.get(key);
    if (known == null) {
      if (keys.size() == KEPT) {
        others += alerts;
        return;
      }
      known = new Count();
      keys.put(key, known);
    }
    known.add(alerts, highest);
  }

  void add(KeyCounts other) {
    other.keys.forEach((key, count) -> add(key, count.alerts, count.highest));
    if (other.keyless != null) {
      add(null, other.keyless.alerts, other.keyless.highest);
    }
    others += other.others;
  }

  /// Those with most alerts.
  List<ReplayResult.KeyCount> most() {
    return all().stream().limit(ReplayResult.Model.KEYS_MAX).toList();
  }

  /// Alerts of all others.
  long others() {
    return others
        + all().stream()
            .skip(ReplayResult.Model.KEYS_MAX)
            .mapToLong(ReplayResult.KeyCount::alerts)
            .sum();
  }

  private List<ReplayResult.KeyCount> all() {
    List<ReplayResult.KeyCount> all = new ArrayList<>();
    keys.forEach(
        (key, count) ->
            all.add(new ReplayResult.KeyCount(KeyText.of(key), count.alerts, count.highest)));
    if (keyless != null) {
      all.add(new ReplayResult.KeyCount(null, keyless.alerts, keyless.highest));
    }
    all.sort(
        Comparator.comparingLong(ReplayResult.KeyCount::alerts)
            .thenComparingDouble(ReplayResult.KeyCount::highest)
            .reversed()
            .thenComparing(
                ReplayResult.KeyCount::key, Comparator.nullsLast(Comparator.naturalOrder())));
    return all;
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(others);
    out.writeBoolean(keyless != null);
    if (keyless != null) {
      write(out, keyless);
    }
    out.writeInt(keys.size());
    for (Map.Entry<ByteBuffer, Count> entry : keys.entrySet()) {
      Bytes.write(out, entry.getKey());
      write(out, entry.getValue());
    }
  }

  private static void write(DataOutput out, Count count) throws IOException {
    out.writeLong(count.alerts);
    out.writeFloat(count.highest);
  }

  void read(DataInput in) throws IOException {
    others = in.readLong();
    if (in.readBoolean()) {
      add(null, in.readLong(), in.readFloat());
    }
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      ByteBuffer key = Bytes.read(in);
      add(key, in.readLong(), in.readFloat());
    }
  }
}
