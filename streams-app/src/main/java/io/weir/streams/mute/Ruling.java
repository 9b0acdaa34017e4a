package io.weir.streams.mute;

/// What becomes of an anomalous event.
public sealed interface Ruling {
  /// People are to hear of it.
  record Alerted(Notice notice) implements Ruling {}

  /// A rule says that it is no news.
  record Ignored(IgnoreRule rule) implements Ruling {}

  /// The key had its alert a short while ago.
  record CoolingDown() implements Ruling {}

  /// People have heard of its incident.
  record KnownIncident() implements Ruling {}
}
