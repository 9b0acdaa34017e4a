package io.weir.streams.gather;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// How an event of a window is stored, one entry per event: of a key with T events in its window
/// there are T slots, which are written in turn.
///
///     key    topic length (1) topic (UTF-8) · key length (2, 0xFFFF for none) key · slot (2)
///     value  layout (4) · sequence (8) · newest timestamp of the key (8) · run (2) · features (4 each)
///
/// All big-endian. The lengths make the slots of a key neighbours in the store. The sequence counts
/// the events of the key from 0, the slot is the sequence modulo T; the run is the number of events
/// in the event's window. The layout names the model's features and T: values of a model with
/// others mean something else and are not read.
final class SlotCodec {
  private static final int HEAD = 4 + 8 + 8 + 2;
  private static final int NO_KEY = 0xFFFF;

  private final int layout;
  private final int features;

  SlotCodec(WindowRules rules) {
    this.layout = rules.layout();
    this.features = rules.features();
  }

  /// What all keys of a topic begin with.
  static byte[] prefix(String topic) {
    byte[] name = topic.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(1 + name.length).put((byte) name.length).put(name).array();
  }

  /// The key of a slot.
  ///
  /// @param key of the event, null for none
  static byte[] key(byte[] prefix, byte[] key, int slot) {
    int length = key == null ? 0 : key.length;
    ByteBuffer bytes = ByteBuffer.allocate(prefix.length + 2 + length + 2);
    bytes.put(prefix).putShort((short) (key == null ? NO_KEY : length));
    if (key != null) {
      bytes.put(key);
    }
    return bytes.putShort((short) slot).array();
  }

  /// The topic of a slot.
  static String topic(byte[] stored) {
    return new String(stored, 1, stored[0] & 0xFF, StandardCharsets.UTF_8);
  }

  /// The event's key, null for none.
  static byte[] eventKey(byte[] stored) {
    int at = 1 + (stored[0] & 0xFF);
    int length = ByteBuffer.wrap(stored).getShort(at) & 0xFFFF;
    return length == NO_KEY ? null : Arrays.copyOfRange(stored, at + 2, at + 2 + length);
  }

  /// Whether two stored keys are slots of the same key.
  static boolean neighbours(byte[] one, byte[] other) {
    return one.length == other.length
        && Arrays.equals(one, 0, one.length - 2, other, 0, other.length - 2);
  }

  byte[] value(long sequence, long newest, int run, float[] event) {
    ByteBuffer bytes = ByteBuffer.allocate(HEAD + 4 * features);
    bytes.putInt(layout).putLong(sequence).putLong(newest).putShort((short) run);
    for (int i = 0; i < features; i++) {
      bytes.putFloat(event[i]);
    }
    return bytes.array();
  }

  /// Whether a stored value is of the model's layout.
  boolean isOwn(byte[] value) {
    return value.length == HEAD + 4 * features && ByteBuffer.wrap(value).getInt() == layout;
  }

  static long sequence(byte[] value) {
    return ByteBuffer.wrap(value).getLong(4);
  }

  static long newest(byte[] value) {
    return ByteBuffer.wrap(value).getLong(12);
  }

  static int run(byte[] value) {
    return ByteBuffer.wrap(value).getShort(20) & 0xFFFF;
  }

  void event(byte[] value, float[] out, int offset) {
    ByteBuffer.wrap(value, HEAD, 4 * features).asFloatBuffer().get(out, offset, features);
  }
}
