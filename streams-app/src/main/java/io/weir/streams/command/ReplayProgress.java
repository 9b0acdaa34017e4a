package io.weir.streams.command;

import io.weir.streams.replay.ReplayListener;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jline.utils.Signals;

/// Shows how far a replay is: a bar on a terminal; elsewhere a plain line every few seconds.
final class ReplayProgress implements ReplayListener, AutoCloseable {
  private static final String SIGNAL = "INT";
  private static final long QUIET_NANOS = 5_000_000_000L;

  private final PrintWriter messages;
  private final boolean terminal;
  private final long started = System.nanoTime();
  private long lastLine = started;
  private long from = -1;
  private ProgressBar bar;
  private Object previous;

  /// @param messages where lines go
  /// @param terminal whether a bar can be drawn on stderr
  ReplayProgress(PrintWriter messages, boolean terminal) {
    this.messages = messages;
    this.terminal = terminal;
  }

  @Override
  public synchronized void tell(String line) {
    if (bar != null) {
      // On a line of its own, below the bar.
      messages.println();
    }
    messages.println(line);
    messages.flush();
  }

  @Override
  public synchronized void at(long offsets, long of, long events) {
    if (from < 0) {
      from = offsets;
    }
    if (terminal) {
      if (bar == null) {
        begin(offsets, of);
      }
      bar.stepTo(offsets);
      return;
    }
    long now = System.nanoTime();
    if (now - lastLine > QUIET_NANOS) {
      double seconds = (now - started) / 1e9;
      messages.printf(
          Locale.ROOT,
          "Replayed %,d of %,d offsets (%d %%), %,.0f events/s, %s%n",
          offsets,
          of,
          100 * offsets / Math.max(1, of),
          events / seconds,
          left(offsets, of, seconds));
      messages.flush();
      lastLine = now;
    }
  }

  private String left(long offsets, long of, double seconds) {
    long done = offsets - from;
    return done <= 0
        ? "time left unknown"
        : "about %,d s left".formatted(Math.round((of - offsets) * seconds / done));
  }

  private void begin(long offsets, long of) {
    bar =
        new ProgressBarBuilder()
            .setTaskName("Replaying")
            .setInitialMax(of)
            .setUnit(" offsets", 1)
            .setStyle(ProgressBarStyle.ASCII)
            .startsFrom(offsets, Duration.ZERO)
            .showSpeed()
            .build();
    // The bar's terminal takes the signal for itself; the process shall end as without a bar.
    previous =
        Signals.register(
            SIGNAL, () -> Thread.ofPlatform().start(() -> Runtime.getRuntime().exit(1)));
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      Signals.unregister(SIGNAL, previous);
      bar = null;
    }
  }
}
