package io.weir.streams.replay.pass;

import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Keeps all threads together below a number of events per second. A moment without events earns no
/// burst later.
final class Pace {
  private static final long LONGEST_NAP = TimeUnit.MILLISECONDS.toNanos(100);

  private final double nanosPerEvent;
  private final AtomicLong free = new AtomicLong(System.nanoTime());

  /// @param eventsPerSecond empty for as many as there are
  Pace(OptionalDouble eventsPerSecond) {
    nanosPerEvent =
        eventsPerSecond.isEmpty() ? 0 : TimeUnit.SECONDS.toNanos(1) / eventsPerSecond.getAsDouble();
  }

  /// How many events may be taken at once: a twentieth of a second's.
  int slice(int most) {
    return nanosPerEvent == 0
        ? most
        : (int) Math.clamp(LONGEST_NAP / 2 / nanosPerEvent, 1, (double) most);
  }

  /// Waits until so many events may be taken.
  ///
  /// @param stop ends the wait
  void take(int events, BooleanSupplier stop) {
    if (nanosPerEvent == 0) {
      return;
    }
    long cost = Math.round(events * nanosPerEvent);
    long now = System.nanoTime();
    // Differences, since the clock may be negative and may wrap.
    long turn = free.getAndUpdate(at -> (at - now > 0 ? at : now) + cost);
    while (turn - System.nanoTime() > 0 && !stop.getAsBoolean()) {
      LockSupport.parkNanos(Math.min(LONGEST_NAP, turn - System.nanoTime()));
    }
  }
}
