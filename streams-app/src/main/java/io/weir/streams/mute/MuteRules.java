package io.weir.streams.mute;

import java.util.List;
import java.util.Optional;

/// What keeps anomalous events from becoming alerts of their own.
///
/// @param ignore in the order of their names
/// @param cooldownMillis after an alert of a key, anomalous events of the key at most so far from
///   it make none; 0 for no cool-down
/// @param incidentGapMillis consecutive anomalous events of a key at most so far apart are one
///   incident; 0 for no incidents
/// @param incidentUpdateMillis after so long, the next anomalous event of an incident tells how it
///   stands; 0 for never
public record MuteRules(
    List<IgnoreRule> ignore,
    long cooldownMillis,
    long incidentGapMillis,
    long incidentUpdateMillis) {
  /// Every anomalous event is an alert.
  public static final MuteRules NONE = new MuteRules(List.of(), 0, 0, 0);

  public MuteRules {
    ignore = List.copyOf(ignore);
    if (cooldownMillis < 0 || incidentGapMillis < 0 || incidentUpdateMillis < 0) {
      throw new IllegalArgumentException(
          "cool-down %d, gap %d, update %d"
              .formatted(cooldownMillis, incidentGapMillis, incidentUpdateMillis));
    }
  }

  /// Whether anything is kept between events.
  public boolean keepsState() {
    return cooldownMillis > 0 || incidentGapMillis > 0;
  }

  /// The first rule that says that an anomalous event is no news.
  public Optional<IgnoreRule> ignoring(Anomaly anomaly) {
    for (IgnoreRule rule : ignore) {
      if (rule.matches(anomaly)) {
        return Optional.of(rule);
      }
    }
    return Optional.empty();
  }
}
