package io.weir.trainer.command;

import io.weir.trainer.data.topic.TopicListener;
import java.io.PrintWriter;
import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jline.utils.Signals;

/// Shows how far a topic is read: a bar on a terminal; elsewhere a plain line every few seconds.
final class TopicProgress implements TopicListener, AutoCloseable {
  private static final String SIGNAL = "INT";
  private static final long QUIET_NANOS = 5_000_000_000L;

  private final PrintWriter messages;
  private final String topic;
  private final boolean terminal;
  private ProgressBar bar;
  private Object previous;
  private final long started = System.nanoTime();
  private long lastLine = started;

  /// @param messages where lines go
  /// @param topic what is read
  /// @param terminal whether a bar can be drawn on stderr
  TopicProgress(PrintWriter messages, String topic, boolean terminal) {
    this.messages = messages;
    this.topic = topic;
    this.terminal = terminal;
  }

  @Override
  public void tell(String line) {
    if (bar != null) {
      // On a line of its own, below the bar.
      messages.println();
    }
    messages.println(line);
    messages.flush();
  }

  @Override
  public void at(long offsets, long of) {
    if (terminal) {
      if (bar == null) {
        begin(offsets, of);
      }
      bar.stepTo(offsets);
      return;
    }
    long now = System.nanoTime();
    if (now - lastLine > QUIET_NANOS) {
      messages.printf(
          "Reading topic %s: %,d of %,d offsets (%d %%), %d s%n",
          topic, offsets, of, 100 * offsets / Math.max(1, of), (now - started) / 1_000_000_000);
      messages.flush();
      lastLine = now;
    }
  }

  private void begin(long offsets, long of) {
    bar =
        new ProgressBarBuilder()
            .setTaskName("Reading topic")
            .setInitialMax(of)
            .setUnit(" offsets", 1)
            .setStyle(ProgressBarStyle.ASCII)
            .startsFrom(offsets, Duration.ZERO)
            .showSpeed()
            .build();
    // The bar's terminal takes the signal for itself; the process shall end as without a bar.
    previous =
        Signals.register(
            SIGNAL,
            () -> Thread.ofPlatform().start(() -> Runtime.getRuntime().exit(Interrupt.EXIT_CODE)));
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      Signals.unregister(SIGNAL, previous);
    }
  }
}
