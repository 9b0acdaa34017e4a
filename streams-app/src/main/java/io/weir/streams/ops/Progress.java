package io.weir.streams.ops;

import io.weir.streams.count.Buckets;
import io.weir.streams.count.Histogram;
import io.weir.streams.decode.BadReason;
import io.weir.streams.judge.Severity;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
  private final Map<String, LongAdder> ignored = new TreeMap<>();
  private final LongAdder coolingDown = new LongAdder();
  private final LongAdder knownIncident = new LongAdder();

  /// @param scoreBuckets what scores are counted in
  /// @param ignoreRules names of the ignore rules
  public Progress(Buckets scoreBuckets, Collection<String> ignoreRules) {
    scores = new Histogram(scoreBuckets);
    ignoreRules.forEach(rule -> ignored.put(rule, new LongAdder()));
  }

  /// A moment's counts.
  ///
  /// @param scores of the scored events, without the bad ones
  /// @param alertsBySeverity written, for every severity
  /// @param badRecords by reason, for every reason
  /// @param warmingUp events without a score, since their window was not full
  /// @param lateEvents events older than their key's newest
  /// @param expiredKeys keys whose windows were forgotten
  /// @param suppressed anomalous events that made no alert
  public record Counts(
      Histogram.Snapshot scores,
      Map<Severity, Long> alertsBySeverity,
      Map<BadReason, Long> badRecords,
      long warmingUp,
      long lateEvents,
      long expiredKeys,
      Suppressed suppressed) {
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

  /// Anomalous events that made no alert.
  ///
  /// @param ignored by ignore rule, for every rule
  /// @param cooldown within the cool-down of their key
  /// @param incident of an incident that people had heard of
  public record Suppressed(Map<String, Long> ignored, long cooldown, long incident) {
    /// Of all reasons.
    public long total() {
      return Counts.total(ignored) + cooldown + incident;
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

  /// One anomalous event made no alert: a rule says that it is no news.
  public void ignored(String rule) {
    ignored.get(rule).increment();
  }

  /// One anomalous event made no alert: its key had one a short while ago.
  public void coolingDown() {
    coolingDown.increment();
  }

  /// One anomalous event made no alert: its incident is known.
  public void knownIncident() {
    knownIncident.increment();
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
        expiredKeys.sum(),
        suppressed());
  }

  private Suppressed suppressed() {
    Map<String, Long> rules = new TreeMap<>();
    ignored.forEach((rule, count) -> rules.put(rule, count.sum()));
    return new Suppressed(rules, coolingDown.sum(), knownIncident.sum());
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
