package io.weir.streams.mute;

import java.nio.ByteBuffer;

/// The time of a partition: the smallest timestamp among its latest [#EVENTS] events. A few
/// timestamps from the future do not move it, a few late ones hold it up for so many events only.
///
/// It is kept in the store, so that a restart changes nothing. Few events, so that partitions with
/// an event a minute end their incidents within minutes.
final class EventClock {
  static final int EVENTS = 8;

  /// Before there were so many events.
  static final long UNKNOWN = Long.MIN_VALUE;

  private static final int BYTES = 1 + EVENTS * Long.BYTES;

  private final long[] latest = new long[EVENTS];
  private int count;
  private int next;

  void add(long timestamp) {
    latest[next] = timestamp;
    next = (next + 1) % EVENTS;
    count = Math.min(count + 1, EVENTS);
  }

  long time() {
    if (count < EVENTS) {
      return UNKNOWN;
    }
    long time = latest[0];
    for (int i = 1; i < EVENTS; i++) {
      time = Math.min(time, latest[i]);
    }
    return time;
  }

  /// The timestamps, the oldest first.
  byte[] bytes() {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES).put((byte) count);
    for (int i = 0; i < count; i++) {
      bytes.putLong(latest[(next - count + i + EVENTS) % EVENTS]);
    }
    return bytes.array();
  }

  void restore(byte[] stored) {
    count = 0;
    next = 0;
    ByteBuffer bytes = ByteBuffer.wrap(stored);
    for (int left = bytes.get(); left > 0; left--) {
      add(bytes.getLong());
    }
  }
}
