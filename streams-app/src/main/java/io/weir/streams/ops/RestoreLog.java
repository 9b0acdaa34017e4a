package io.weir.streams.ops;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells in the log how far stores are restored from their changelog topics. Thread-safe.
public final class RestoreLog implements StateRestoreListener {
  private static final Logger LOG = LoggerFactory.getLogger(RestoreLog.class);
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final Map<TopicPartition, Restoring> running = new HashMap<>();
  private long told = System.nanoTime();

  private static final class Restoring {
    private final long records;
    private final long start = System.nanoTime();
    private long done;

    Restoring(long records) {
      this.records = records;
    }
  }

  @Override
  public synchronized void onRestoreStart(
      TopicPartition changelog, String store, long from, long to) {
    if (running.isEmpty()) {
      told = System.nanoTime();
    }
    running.put(changelog, new Restoring(to - from));
    if (to > from) {
      LOG.info("{}: up to {} records are to be restored", changelog, text(to - from));
    }
  }

  @Override
  public synchronized void onBatchRestored(
      TopicPartition changelog, String store, long to, long count) {
    Restoring restoring = running.get(changelog);
    if (restoring != null) {
      restoring.done += count;
    }
    if (System.nanoTime() - told > INTERVAL.toNanos()) {
      told = System.nanoTime();
      LOG.info(line());
    }
  }

  @Override
  public synchronized void onRestoreEnd(TopicPartition changelog, String store, long total) {
    Restoring restoring = running.remove(changelog);
    if (restoring != null && restoring.records > 0) {
      double seconds = seconds(restoring);
      LOG.info(
          "{}: {} records restored in {} s ({} /s)",
          changelog,
          text(total),
          String.format(Locale.ROOT, "%.1f", seconds),
          text(Math.round(total / seconds)));
    }
  }

  @Override
  public synchronized void onRestoreSuspended(TopicPartition changelog, String store, long total) {
    running.remove(changelog);
    LOG.info("{}: restoring is suspended after {} records", changelog, text(total));
  }

  /// Where all that is being restored stands.
  synchronized String line() {
    long records = 0;
    long done = 0;
    double rate = 0;
    for (Restoring restoring : running.values()) {
      records += restoring.records;
      done += restoring.done;
      rate += restoring.done / seconds(restoring);
    }
    return String.format(
        Locale.ROOT,
        "Restoring %d changelog partitions: %,d of up to %,d records (%,.0f /s)",
        running.size(),
        done,
        records,
        rate);
  }

  private static double seconds(Restoring restoring) {
    return Math.max(1, System.nanoTime() - restoring.start) / 1e9;
  }

  private static String text(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
