package io.weir.streams.ops;

import io.weir.streams.count.Buckets;
import io.weir.streams.count.Histogram;
import io.weir.streams.decode.BadReason;
import io.weir.streams.judge.Severity;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts what the processor did since its start, for the log and for the metrics. Events that
/// Kafka delivers twice count twice. Thread-safe.
public final class Progress {
  private final Histogram scores;
  private final Map<Severity, LongAdder> alerts = adders(Severity.class, Severity.values());
  private final Map<BadReason, LongAdder> badRecords = adders(BadReason.class, BadReason.values());
  private final Set<BadReason> seen = ConcurrentHashMap.newKeySet();
  private final LongAdder warmingUp = new LongAdder();
  private final LongAdder lateEvents = new LongAdder();
  private final LongAdder expiredKeys = new LongAdder();

  /// @param scoreBuckets what scores are counted in
  public Progress(Buckets scoreBuckets) {
    scores = new Histogram(scoreBuckets);
  }

  /// A moment's counts.
  ///
  /// @param scores of the scored events, without the bad ones
  /// @param alertsBySeverity written, for every severity
  /// @param badRecords by reason, for every reason
  /// @param warmingUp events without a score, since their window was not full
  /// @param lateEvents events older than their key's newest
  /// @param expiredKeys keys whose windows were forgotten
  public record Counts(
      Histogram.Snapshot scores,
      Map<Severity, Long> alertsBySeverity,
      Map<BadReason, Long> badRecords,
      long warmingUp,
      long lateEvents,
      long expiredKeys) {
    /// Events scored.
    public long events() {
      return scores.count();
    }

    /// Alerts of all severities.
    public long alerts() {
      return total(alertsBySeverity);
    }

    /// Bad records of all reasons.
    public long bad() {
      return total(badRecords);
    }

    private static long total(Map<?, Long> counts) {
      return counts.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /// Counts the scores of one task, and so its events.
  public Histogram.Writer scores() {
    return scores.writer();
  }

  /// One alert was written.
  public void alert(Severity severity) {
    alerts.get(severity).increment();
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
  public boolean badRecord(BadReason reason) {
    badRecords.get(reason).increment();
    return seen.add(reason);
  }

  /// The counts now.
  public Counts counts() {
    return new Counts(
        scores.snapshot(),
        sums(Severity.class, alerts),
        sums(BadReason.class, badRecords),
        warmingUp.sum(),
        lateEvents.sum(),
        expiredKeys.sum());
  }

  private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> type, E[] all) {
    Map<E, LongAdder> adders = new EnumMap<>(type);
    for (E each : all) {
      adders.put(each, new LongAdder());
    }
    return adders;
  }

  private static <E extends Enum<E>> Map<E, Long> sums(Class<E> type, Map<E, LongAdder> adders) {
    Map<E, Long> sums = new EnumMap<>(type);
    adders.forEach((each, adder) -> sums.put(each, adder.sum()));
    return sums;
  }
}
