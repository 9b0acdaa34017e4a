package io.weir.trainer.command;

import io.weir.trainer.data.ask.ReadListener;
import java.io.PrintWriter;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Tells every few seconds how far the reading is. What is read at once is read in silence.
final class ReadProgress implements ReadListener, AutoCloseable {
  private static final long SECONDS = 5;

  private final PrintWriter messages;
  private final String source;
  private final long started = System.nanoTime();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("weir-read-progress").unstarted(task));
  private volatile State state = new State(Stage.OPENING, 0, 0);

  private record State(Stage stage, long rows, long of) {}

  /// @param source what is read
  ReadProgress(PrintWriter messages, String source) {
    this.messages = messages;
    this.source = source;
    clock.scheduleAtFixedRate(this::tell, SECONDS, SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void at(Stage stage, long rows, long of) {
    state = new State(stage, rows, of);
  }

  private void tell() {
    messages.println(line(state, (System.nanoTime() - started) / 1_000_000_000));
    messages.flush();
  }

  private String line(State now, long seconds) {
    String what =
        switch (now.stage) {
          case OPENING -> "finding the columns";
          case COUNTING -> "looking at what the columns hold";
          case LOADING ->
              "%,d of %,d rows (%d %%)"
                  .formatted(now.rows, now.of, 100 * now.rows / Math.max(1, now.of));
        };
    return "Reading %s: %s, %d s".formatted(source, what, seconds);
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
