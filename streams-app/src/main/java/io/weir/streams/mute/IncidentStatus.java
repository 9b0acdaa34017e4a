package io.weir.streams.mute;

/// How an incident stands, as alerts say it.
public enum IncidentStatus {
  /// The alert is of its first anomalous event.
  OPENED,
  /// It got more severe, or goes on.
  UPDATED,
  /// It is over. The alert repeats its latest anomalous event.
  CLOSED
}
