package io.weir.streams;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// SIGTERM and Ctrl-C as an orderly end: the work is asked to stop, is waited for, and says the
/// exit code, 0 for an end that was asked for and done.
final class ProcessEnd implements AutoCloseable {
  private final CountDownLatch done = new CountDownLatch(1);
  private final AtomicInteger code = new AtomicInteger(1);
  private final Thread hook;

  /// @param stop asks the work to end; called from another thread
  /// @param patience how long the end is waited for
  ProcessEnd(Runnable stop, Duration patience) {
    hook =
        new Thread(
            () -> {
              stop.run();
              boolean inTime = await(patience);
              Runtime.getRuntime().halt(inTime ? code.get() : 1);
            },
            "weir-end");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /// The exit code, if the process ends by a signal; 1 until it is set.
  void code(int value) {
    code.set(value);
  }

  /// The work is done.
  @Override
  public void close() {
    done.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The hook is running: it ends the process.
    }
  }

  private boolean await(Duration patience) {
    try {
      return done.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
