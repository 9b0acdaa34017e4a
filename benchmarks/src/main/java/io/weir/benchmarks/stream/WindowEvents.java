package io.weir.benchmarks.stream;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/// The events of [BenchmarkEvents], each with one of many keys, all equally often.
final class WindowEvents {
  static final int PARTITIONS = 4;

  private final BenchmarkEvents events;
  private final long seed;
  private final int keys;

  WindowEvents(long seed, int keys) {
    this.events = new BenchmarkEvents(seed, Workload.SIXTEEN.features());
    this.seed = seed;
    this.keys = keys;
  }

  int keys() {
    return keys;
  }

  BenchmarkEvents events() {
    return events;
  }

  /// The number of an event's key.
  int keyOf(long index) {
    return new SplittableRandom(seed + index * 0x9E3779B97F4A7C15L).nextInt(keys);
  }

  static byte[] key(int number) {
    return ("key-" + number).getBytes(StandardCharsets.US_ASCII);
  }

  /// Events of a key follow each other in one partition.
  static int partition(int key) {
    return key % PARTITIONS;
  }
}
