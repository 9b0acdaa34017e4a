package io.weir.demo.tell;

import io.weir.demo.source.Truth;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Counts events and alerts against what is known. For several threads.
public final class Tally {
  /// The counts of one kind of anomaly: its events, and its cases (events that belong together).
  public static final class Kind {
    private long events;
    private long alerts;
    private final Set<String> cases = new HashSet<>();
    private final Set<String> caught = new HashSet<>();

    public long events() {
      return events;
    }

    public long alerts() {
      return alerts;
    }

    public int cases() {
      return cases.size();
    }

    public int caught() {
      return caught.size();
    }
  }

  private final Map<String, Kind> kinds = new TreeMap<>();
  private long events;
  private long alerts;
  private long falseAlarms;
  private long unknown;

  /// Counts a streamed event.
  public synchronized void event(Truth truth) {
    events++;
    switch (truth) {
      case Truth.Unknown _ -> unknown++;
      case Truth.Normal _ -> {}
      case Truth.Anomaly anomaly -> {
        Kind kind = kinds.computeIfAbsent(anomaly.kind(), _ -> new Kind());
        kind.events++;
        kind.cases.add(anomaly.occurrence());
      }
    }
  }

  /// Counts an alert about an event.
  public synchronized void alert(Truth truth) {
    alerts++;
    switch (truth) {
      case Truth.Unknown _ -> {}
      case Truth.Normal _ -> falseAlarms++;
      case Truth.Anomaly anomaly -> {
        Kind kind = kinds.computeIfAbsent(anomaly.kind(), _ -> new Kind());
        kind.alerts++;
        kind.caught.add(anomaly.occurrence());
      }
    }
  }

  public synchronized long events() {
    return events;
  }

  public synchronized long alerts() {
    return alerts;
  }

  /// Whether every event is labelled.
  public synchronized boolean labelled() {
    return events > 0 && unknown == 0;
  }

  public synchronized long anomalies() {
    return kinds.values().stream().mapToLong(Kind::events).sum();
  }

  /// Of the alerts, the fraction that are anomalies; NaN without alerts.
  public synchronized double precision() {
    return (alerts - falseAlarms) / (double) alerts;
  }

  /// Of the anomalies, the fraction that became alerts; NaN without anomalies.
  public synchronized double recall() {
    return (alerts - falseAlarms) / (double) anomalies();
  }

  /// By name. To be read once nothing is counted any more.
  public synchronized Map<String, Kind> kinds() {
    return Map.copyOf(kinds);
  }
}
