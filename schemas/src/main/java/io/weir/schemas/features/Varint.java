package io.weir.schemas.features;

/// Avro's variable-length zig-zag numbers: 7 bits a byte, the lowest first.
///
/// In two passes, its end and then its value, because two results would need an object.
final class Varint {
  /// The most bytes of an int.
  static final int INT = 5;

  /// The most bytes of a long.
  static final int LONG = 10;

  private Varint() {}

  /// The position after the number at `position`, or a negative failure (see [Interpreter]).
  static int end(byte[] bytes, int position, int limit, int digits) {
    // Most numbers of an event are small; no loop is set up for them.
    if (position < limit && bytes[position] >= 0) {
      return position + 1;
    }
    int last = limit - position < digits ? limit : position + digits;
    for (int i = position; i < last; i++) {
      if (bytes[i] >= 0) {
        return i + 1;
      }
    }
    return -(last - position == digits ? DecodeStatus.INVALID_VARINT : DecodeStatus.TRUNCATED)
        .ordinal();
  }

  /// The long that stands from `position` to `end`.
  static long longValue(byte[] bytes, int position, int end) {
    long raw = raw(bytes, position, end);
    return (raw >>> 1) ^ -(raw & 1);
  }

  /// The int that stands from `position` to `end`.
  static int intValue(byte[] bytes, int position, int end) {
    int raw = (int) raw(bytes, position, end);
    return (raw >>> 1) ^ -(raw & 1);
  }

  private static long raw(byte[] bytes, int position, int end) {
    long raw = bytes[end - 1];
    for (int i = end - 2; i >= position; i--) {
      raw = raw << 7 | bytes[i] & 0x7f;
    }
    return raw;
  }
}
