package io.weir.streams.tell.webhook;

import java.time.Duration;

/// What became of one request.
sealed interface Answer {
  /// The receiver has it: a 2xx.
  record Taken() implements Answer {}

  /// It may work later: no answer in time, 408, 429, 5xx.
  ///
  /// @param asked what the receiver asked for, zero if for nothing
  record Later(String reason, Duration asked) implements Answer {}

  /// It would be refused again: any other answer.
  record Refused(String reason, int status) implements Answer {}
}
