package io.weir.streams.ops;

import io.weir.streams.config.Settings;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says in the log when the disk of the state is full: RocksDB waits for space without a word, and
/// so do all events.
public final class StateDirectoryWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StateDirectoryWatch.class);
  private static final long INTERVAL_SECONDS = 5;

  /// Less than a store writes at once.
  private static final long LEAST_BYTES = 256 * 1024;

  private static final int TOLD_EVERY = 12;

  private final Settings settings;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("weir-state-watch").factory());
  private int looksWhileFull;

  /// Looks every five seconds from now on, and tells every minute.
  public StateDirectoryWatch(Settings settings) {
    this.settings = settings;
    timer.scheduleWithFixedDelay(this::look, 0, INTERVAL_SECONDS, TimeUnit.SECONDS);
  }

  private void look() {
    long free;
    try {
      FileStore store = Files.getFileStore(StateDirectoryCheck.base(settings));
      free = store.getUsableSpace();
    } catch (IOException e) {
      LOG.debug("Free space is not known", e);
      return;
    }
    if (free >= LEAST_BYTES) {
      if (looksWhileFull > 0) {
        LOG.info("state.dir has space again: {} bytes", "%,d".formatted(free));
      }
      looksWhileFull = 0;
    } else if (looksWhileFull++ % TOLD_EVERY == 0) {
      LOG.error(
          "{}. Until then events wait",
          StateDirectoryCheck.trouble(settings, "%,d bytes are left".formatted(free)));
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
