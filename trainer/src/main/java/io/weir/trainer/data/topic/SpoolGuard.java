package io.weir.trainer.data.topic;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Brings a spool to a tidy end when the process is told to end (Ctrl-C, SIGTERM): the readers get
/// the time to write down where they are, and a temporary directory is deleted.
final class SpoolGuard implements AutoCloseable {
  private static final long LONGEST_SECONDS = 20;

  private final SpoolDirectory directory;
  private final Thread atExit = new Thread(this::end, "weir-topic-end");
  private final CountDownLatch idle = new CountDownLatch(1);
  private volatile boolean reading;
  private volatile boolean ending;

  private SpoolGuard(SpoolDirectory directory) {
    this.directory = directory;
  }

  static SpoolGuard of(SpoolDirectory directory) {
    SpoolGuard guard = new SpoolGuard(directory);
    Runtime.getRuntime().addShutdownHook(guard.atExit);
    return guard;
  }

  /// Whether the process is about to end.
  boolean isEnding() {
    return ending;
  }

  /// From now on an end waits for [#idle()].
  void reading() {
    reading = true;
  }

  /// The readers have written down where they are.
  void idle() {
    idle.countDown();
  }

  private void end() {
    ending = true;
    try {
      if (reading && !idle.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        System.getLogger(SpoolGuard.class.getName())
            .log(
                System.Logger.Level.WARNING,
                "The readers do not end; what they read in the last seconds is read again");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    directory.close();
  }

  /// Frees the directory, or leaves that to the end of the process where it has begun.
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException _) {
      idle();
      return;
    }
    directory.close();
  }
}
