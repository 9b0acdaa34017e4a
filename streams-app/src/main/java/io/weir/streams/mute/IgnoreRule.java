package io.weir.streams.mute;

import java.util.List;

/// Anomalous events that are no news: those for which all conditions hold.
///
/// @param name what comes after `weir.ignore.`
/// @param text as it was written
public record IgnoreRule(String name, String text, List<IgnoreCondition> conditions) {
  public IgnoreRule {
    conditions = List.copyOf(conditions);
  }

  /// Whether all conditions hold.
  public boolean matches(Anomaly anomaly) {
    for (IgnoreCondition condition : conditions) {
      if (!condition.holds(anomaly)) {
        return false;
      }
    }
    return true;
  }
}
