package io.weir.streams.tell;

import java.time.Instant;
import java.util.Optional;

/// Which part of the alerts topic is read.
///
/// @param start where reading begins
/// @param follow whether it goes on behind what is there at the start
/// @param limit alerts to tell at most, [Long#MAX_VALUE] for no limit
public record TailRange(Start start, boolean follow, long limit) {
  /// Where reading begins.
  public sealed interface Start {
    /// With the oldest alert that is kept.
    record Beginning() implements Start {}

    /// Behind the newest alert.
    record End() implements Start {}

    /// With the first record of this time or later.
    record Time(Instant instant) implements Start {}
  }

  /// From the options of a command.
  public static TailRange of(
      boolean fromBeginning, Optional<Instant> since, boolean follow, long limit) {
    Start start;
    if (since.isPresent()) {
      start = new Start.Time(since.get());
    } else {
      // Behind the newest alert there is nothing to read without waiting.
      start = fromBeginning || !follow ? new Start.Beginning() : new Start.End();
    }
    return new TailRange(start, follow, limit);
  }
}
