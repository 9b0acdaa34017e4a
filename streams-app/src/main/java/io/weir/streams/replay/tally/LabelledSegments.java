package io.weir.streams.replay.tally;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntConsumer;

/// Runs of labelled events that follow one another within a key of a partition, and by which
/// thresholds they were caught: an event of theirs was above it. A run ends with an event of its
/// key that is known to be normal, or with the range.
final class LabelledSegments {
  /// Runs that are not over, by key, null for events without one.
  private final Map<ByteBuffer, Long> open = new HashMap<>();

  private long segments;

  /// @param key null without one
  /// @param caughtBy thresholds that the event is above, a bit for each
  /// @param caught is told the thresholds that caught a run that is over
  void event(byte[] key, Label label, long caughtBy, IntConsumer caught) {
    if (label == Label.ANOMALOUS) {
      ByteBuffer name = name(key);
      Long before = open.get(name);
      if (before == null) {
        segments++;
      }
      open.put(name, before == null ? caughtBy : before | caughtBy);
    } else if (label == Label.NORMAL && !open.isEmpty()) {
      Long before = open.remove(name(key));
      if (before != null) {
        tell(before, caught);
      }
    }
  }

  /// The range is over.
  void end(IntConsumer caught) {
    open.values().forEach(bits -> tell(bits, caught));
    open.clear();
  }

  /// Adds the runs of another partition, which are over.
  void add(LabelledSegments other) {
    segments += other.segments;
  }

  long segments() {
    return segments;
  }

  private static void tell(long bits, IntConsumer caught) {
    for (long left = bits; left != 0; left &= left - 1) {
      caught.accept(Long.numberOfTrailingZeros(left));
    }
  }

  private static ByteBuffer name(byte[] key) {
    return key == null ? null : ByteBuffer.wrap(key);
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(segments);
    out.writeInt(open.size());
    for (Map.Entry<ByteBuffer, Long> entry : open.entrySet()) {
      Bytes.write(out, entry.getKey());
      out.writeLong(entry.getValue());
    }
  }

  void read(DataInput in) throws IOException {
    segments = in.readLong();
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      ByteBuffer key = Bytes.read(in);
      open.put(key, in.readLong());
    }
  }
}
