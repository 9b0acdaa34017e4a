package io.weir.streams.ops;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes a line of progress into the log, at intervals and at the end.
public final class ProgressLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProgressLog.class);

  private final Progress progress;
  private final ScheduledExecutorService timer;
  private Progress.Counts last;
  private long lastNanos = System.nanoTime();

  /// @param interval zero for the last line only
  public ProgressLog(Progress progress, Duration interval) {
    this.progress = progress;
    this.last = progress.counts();
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("weir-progress").factory());
    if (interval.isPositive()) {
      timer.scheduleAtFixedRate(
          this::line, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void close() {
    if (!timer.isShutdown()) {
      timer.shutdownNow();
      line();
    }
  }

  private synchronized void line() {
    Progress.Counts now = progress.counts();
    long nanos = System.nanoTime();
    LOG.info(text(last, now, Duration.ofNanos(nanos - lastNanos)));
    last = now;
    lastNanos = nanos;
  }

  static String text(Progress.Counts before, Progress.Counts now, Duration between) {
    double seconds = between.toNanos() / 1e9;
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%,d events (%,.0f/s), %,d alerts, %,d bad records",
            now.events(),
            (now.events() - before.events()) / seconds,
            now.alerts(),
            now.bad()));
    now.badRecords().forEach((reason, count) -> append(text, count, ", " + reason + " %,d"));
    append(text, now.suppressed().total(), ", %,d suppressed");
    now.suppressed()
        .ignored()
        .forEach((rule, n) -> append(text, n, ", ignored by " + rule + " %,d"));
    append(text, now.suppressed().cooldown(), ", cool-down %,d");
    append(text, now.suppressed().incident(), ", incident %,d");
    append(text, now.warmingUp(), ", %,d events warming up");
    append(text, now.lateEvents(), ", %,d late events");
    append(text, now.expiredKeys(), ", %,d idle keys forgotten");
    return text.toString();
  }

  private static void append(StringBuilder text, long count, String format) {
    if (count > 0) {
      text.append(String.format(Locale.ROOT, format, count));
    }
  }
}
