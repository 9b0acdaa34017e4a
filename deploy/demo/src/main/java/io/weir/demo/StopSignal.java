package io.weir.demo;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ctrl-C or SIGTERM, turned into a wish to stop: the JVM's end waits until the demo has put
/// everything away.
final class StopSignal implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 40;

  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch finished = new CountDownLatch(1);

  /// Listens from now on.
  ///
  /// @param lastResort run if the demo does not finish in time
  StopSignal(Runnable lastResort) {
    Thread hook =
        new Thread(
            () -> {
              requested.countDown();
              try {
                if (!finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                  lastResort.run();
                }
              } catch (InterruptedException e) {
                lastResort.run();
              }
            },
            "weir-demo-stop");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /// Whether the demo shall end.
  boolean requested() {
    return requested.getCount() == 0;
  }

  /// Waits for the wish to stop.
  void await() {
    try {
      requested.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Everything is put away: the JVM may end.
  @Override
  public void close() {
    finished.countDown();
  }
}
