package io.weir.streams.decode;

/// The Confluent wire format: a zero byte, the schema id as a big-endian int, the Avro record.
public final class WireFormat {
  /// Bytes before the Avro record.
  public static final int HEADER = 5;

  private static final byte MAGIC = 0;

  private WireFormat() {}

  /// Whether a value, not null, has the header.
  public static boolean hasHeader(byte[] value) {
    return value.length >= HEADER && value[0] == MAGIC;
  }

  /// The id of a value that has the header.
  public static int schemaId(byte[] value) {
    return (value[1] & 0xff) << 24
        | (value[2] & 0xff) << 16
        | (value[3] & 0xff) << 8
        | value[4] & 0xff;
  }

  /// Why a value, possibly null, has no header.
  static BadRecordException refusal(byte[] value) {
    if (value == null) {
      return new BadRecordException(
          BadReason.TOMBSTONE, "the record has no value, and only a value can be scored");
    }
    if (value.length == 0) {
      return new BadRecordException(BadReason.EMPTY, "the value has no bytes");
    }
    if (value[0] != MAGIC) {
      return new BadRecordException(
          BadReason.NO_MAGIC_BYTE,
          String.format(
              "the value starts with 0x%02x, the Confluent wire format with 0x00 and a schema id;"
                  + " produce it with a registry serializer",
              value[0]));
    }
    return new BadRecordException(
        BadReason.NO_SCHEMA_ID,
        "the value has "
            + value.length
            + " bytes, the Confluent wire format needs 5 before the record");
  }
}
