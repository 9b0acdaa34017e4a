package io.weir.streams.replay.tally;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// Counts in checkpoints, and their sums.
final class Longs {
  private Longs() {}

  static void write(DataOutput out, long[] counts) throws IOException {
    for (long count : counts) {
      out.writeLong(count);
    }
  }

  static void read(DataInput in, long[] counts) throws IOException {
    for (int i = 0; i < counts.length; i++) {
      counts[i] = in.readLong();
    }
  }

  static void add(long[] into, long[] counts) {
    for (int i = 0; i < into.length; i++) {
      into[i] += counts[i];
    }
  }
}
