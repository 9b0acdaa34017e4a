package io.weir.streams.tell.webhook;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// The pause before the next attempt: doubled from attempt to attempt up to a bound, and drawn at
/// random between half of it and all of it, so that many senders do not come back at once.
///
/// @param first pause after the first failure
/// @param longest bound
/// @param random draws
record Backoff(Duration first, Duration longest, RandomGenerator random) {
  /// Beyond it, doubling no longer matters, and would overflow.
  private static final int DOUBLINGS = 20;

  /// @param failures so far, at least 1
  /// @param asked by the receiver's Retry-After, which is waited out in any case
  Duration pause(int failures, Duration asked) {
    long whole =
        Math.min(
            longest.toNanos(),
            Math.multiplyExact(first.toNanos(), 1L << Math.min(failures - 1, DOUBLINGS)));
    long drawn = whole / 2 + random.nextLong(whole / 2 + 1);
    return drawn > asked.toNanos() ? Duration.ofNanos(drawn) : asked;
  }
}
