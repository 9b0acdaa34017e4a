package io.weir.benchmarks.stream;

import io.weir.streams.WeirApplication;
import io.weir.streams.config.SettingSources;
import java.nio.file.Path;
import java.util.stream.LongStream;

/// The application, and what memory it has after so many events.
public final class SoakWorker {
  private static final long[] MARKS = {1_000_000, 10_000_000, 50_000_000, 100_000_000};

  private SoakWorker() {}

  /// Arguments: settings file, number of events. Prints a line at every mark and at the end.
  public static void main(String[] args) throws Exception {
    long events = Long.parseLong(args[1]);
    System.out.printf(
        "%14s %10s %10s %12s %12s%n",
        "events", "heap MiB", "direct MiB", "resident MiB", "events/s");
    try (WeirApplication application =
        WeirApplication.start(new SettingSources().file(Path.of(args[0])).settings())) {
      long start = System.nanoTime();
      long[] marks =
          LongStream.concat(
                  LongStream.of(MARKS).filter(mark -> mark < events), LongStream.of(events))
              .toArray();
      for (long mark : marks) {
        while (application.progress().events() < mark) {
          if (application.failure().isPresent()) {
            throw new IllegalStateException(application.failure().get());
          }
          Thread.sleep(10);
        }
        double rate = application.progress().events() / ((System.nanoTime() - start) / 1e9);
        Memory memory = Memory.now();
        System.out.printf(
            "%,14d %,10d %,10d %,12d %,12.0f%n",
            mark, memory.heap(), memory.direct(), memory.resident(), rate);
      }
    }
  }
}
