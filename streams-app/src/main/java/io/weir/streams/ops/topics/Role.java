package io.weir.streams.ops.topics;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// What a topic is for.
public enum Role {
  /// Its events are scored. Whoever produces them owns it.
  INPUT(null),
  ALERTS(Duration.ofDays(30)),
  SCORES(Duration.ofDays(7)),
  DEAD_LETTERS(Duration.ofDays(30)),
  /// The windows of models that look at several events. Kafka Streams creates it itself.
  WINDOWS(null),
  /// Open incidents and cool-downs. Kafka Streams creates it itself.
  MUTE(null);

  private final Duration retention;

  Role(Duration retention) {
    this.retention = retention;
  }

  /// Whether Weir writes it and somebody must create it.
  boolean isOutput() {
    return retention != null;
  }

  /// Whether Kafka Streams keeps something in it between events.
  boolean isKept() {
    return this == WINDOWS || this == MUTE;
  }

  /// How long its records are kept if Weir creates it; only outputs have one.
  Optional<Duration> retention() {
    return Optional.ofNullable(retention);
  }

  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
