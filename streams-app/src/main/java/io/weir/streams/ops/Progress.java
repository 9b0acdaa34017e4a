package io.weir.streams.ops;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts what the processor did since its start. Events that Kafka delivers twice count twice.
/// Thread-safe.
public final class Progress {
  private final LongAdder events = new LongAdder();
  private final LongAdder alerts = new LongAdder();
  private final LongAdder warmingUp = new LongAdder();
  private final LongAdder lateEvents = new LongAdder();
  private final LongAdder expiredKeys = new LongAdder();
  private final Map<String, LongAdder> badRecords = new ConcurrentHashMap<>();

  /// A moment's counts.
  ///
  /// @param events scored, without the bad ones
  /// @param alerts written
  /// @param badRecords by reason
  /// @param warmingUp events without a score, since their window was not full
  /// @param lateEvents events older than their key's newest
  /// @param expiredKeys keys whose windows were forgotten
  public record Counts(
      long events,
      long alerts,
      Map<String, Long> badRecords,
      long warmingUp,
      long lateEvents,
      long expiredKeys) {
    public Counts {
      badRecords = Map.copyOf(badRecords);
    }

    /// All reasons together.
    public long bad() {
      return badRecords.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /// One event was scored.
  public void event() {
    events.increment();
  }

  /// One alert was written.
  public void alert() {
    alerts.increment();
  }

  /// One event got no score, since its window is not full.
  public void warmingUp() {
    warmingUp.increment();
  }

  /// One event was older than its key's newest.
  public void lateEvent() {
    lateEvents.increment();
  }

  /// The windows of so many keys were forgotten.
  public void expired(int keys) {
    expiredKeys.add(keys);
  }

  /// One record went to the dead-letter topic.
  ///
  /// @return whether it is the first one for this reason
  public boolean badRecord(String reason) {
    boolean[] first = new boolean[1];
    badRecords
        .computeIfAbsent(
            reason,
            _ -> {
              first[0] = true;
              return new LongAdder();
            })
        .increment();
    return first[0];
  }

  /// The counts now.
  public Counts counts() {
    Map<String, Long> bad = new TreeMap<>();
    badRecords.forEach((reason, count) -> bad.put(reason, count.sum()));
    return new Counts(
        events.sum(), alerts.sum(), bad, warmingUp.sum(), lateEvents.sum(), expiredKeys.sum());
  }
}
