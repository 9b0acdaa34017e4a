package io.weir.benchmarks.large;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/// Runs `weir train` in this process, then prints what it took as `NAME VALUE` lines.
public final class LargeWorker {
  private LargeWorker() {}

  /// Arguments: those of the command.
  public static void main(String[] args) throws IOException {
    AtomicLong live = new AtomicLong();
    watchHeap(live);
    PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
    Ear ear = new Ear(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    long start = System.nanoTime();
    int exit = io.weir.trainer.Main.run(out, new PrintWriter(ear, true), args);
    out.printf(Locale.ROOT, "%nREAD_SECONDS %.3f%n", (ear.trainingBegan - start) / 1e9);
    out.printf(Locale.ROOT, "ALL_SECONDS %.3f%n", (System.nanoTime() - start) / 1e9);
    out.println("LIVE_HEAP_BYTES " + live.get());
    out.println("PEAK_RESIDENT_BYTES " + peakResident());
    out.flush();
    System.exit(exit);
  }

  /// The most that was left after a collection.
  private static void watchHeap(AtomicLong live) {
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      ((NotificationEmitter) collector)
          .addNotificationListener(
              (notification, _) -> {
                long used =
                    GarbageCollectionNotificationInfo.from(
                            (CompositeData) notification.getUserData())
                        .getGcInfo()
                        .getMemoryUsageAfterGc()
                        .entrySet()
                        .stream()
                        .filter(pool -> pool.getKey().startsWith("G1"))
                        .mapToLong(pool -> pool.getValue().getUsed())
                        .sum();
                live.accumulateAndGet(used, Math::max);
              },
              notification ->
                  notification
                      .getType()
                      .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION),
              null);
    }
  }

  /// What the kernel says this process had in memory at its height; 0 where it does not say.
  private static long peakResident() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .findFirst()
        .orElse(0);
  }

  /// Passes messages on and notes when the one before the first epoch comes.
  private static final class Ear extends Writer {
    private final PrintWriter to;
    private final StringBuilder line = new StringBuilder();
    private long trainingBegan;

    private Ear(PrintWriter to) {
      this.to = to;
    }

    @Override
    public void write(char[] text, int from, int count) {
      for (int i = from; i < from + count; i++) {
        if (text[i] == '\n') {
          if (trainingBegan == 0 && line.toString().startsWith("Training on ")) {
            trainingBegan = System.nanoTime();
          }
          line.setLength(0);
        } else {
          line.append(text[i]);
        }
      }
      to.write(text, from, count);
    }

    @Override
    public void flush() {
      to.flush();
    }

    @Override
    public void close() {
      to.close();
    }
  }
}
