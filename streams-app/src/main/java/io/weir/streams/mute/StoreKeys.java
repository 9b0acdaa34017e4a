package io.weir.streams.mute;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// The keys of the store.
///
///     topic length (1) topic (UTF-8) · kind (1) · rest
///
/// Kinds: the clock of the topic's partition; the events without a key; a key, which is the rest.
/// The schemas of alerts have no topic: length 0 · fingerprint (8).
final class StoreKeys {
  private static final byte CLOCK = 0;
  private static final byte KEYLESS = 1;
  private static final byte KEY = 2;

  private StoreKeys() {}

  static byte[] schema(long fingerprint) {
    return ByteBuffer.allocate(1 + Long.BYTES).put((byte) 0).putLong(fingerprint).array();
  }

  static byte[] clock(String topic) {
    return of(topic, CLOCK, new byte[0]);
  }

  /// @param key of events, null for those without
  static byte[] events(String topic, byte[] key) {
    return key == null ? of(topic, KEYLESS, new byte[0]) : of(topic, KEY, key);
  }

  static boolean isSchema(byte[] stored) {
    return stored[0] == 0;
  }

  static boolean isClock(byte[] stored) {
    return stored[1 + (stored[0] & 0xFF)] == CLOCK;
  }

  static String topic(byte[] stored) {
    return new String(stored, 1, stored[0] & 0xFF, StandardCharsets.UTF_8);
  }

  private static byte[] of(String topic, byte kind, byte[] rest) {
    byte[] name = topic.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(1 + name.length + 1 + rest.length)
        .put((byte) name.length)
        .put(name)
        .put(kind)
        .put(rest)
        .array();
  }
}
