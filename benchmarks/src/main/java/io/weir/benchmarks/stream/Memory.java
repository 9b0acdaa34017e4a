package io.weir.benchmarks.stream;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// The memory of this process, in MiB.
///
/// @param heap live after a collection
/// @param direct buffers outside the heap that Java allocated
/// @param resident what the process holds of the machine's memory; -1 where the system has no /proc
record Memory(long heap, long direct, long resident) {
  private static final Path STATUS = Path.of("/proc/self/status");

  /// Collects garbage, then reads.
  static Memory now() throws IOException {
    System.gc();
    long heap = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    long direct =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    return new Memory(heap >> 20, direct >> 20, residentBytes() >> 20);
  }

  private static long residentBytes() throws IOException {
    if (!Files.exists(STATUS)) {
      return -1;
    }
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
              .filter(line -> line.startsWith("VmRSS"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .sum()
          << 10;
    }
  }
}
