package io.weir.streams.decode;

import io.weir.schemas.features.DecodeStatus;

/// Why a record can never be scored: the first word of its dead letter, and a label of the metrics.
public enum BadReason {
  /// No value.
  TOMBSTONE,
  /// A value without bytes.
  EMPTY,
  /// Not in Confluent's wire format.
  NO_MAGIC_BYTE,
  /// Too short for Confluent's wire format.
  NO_SCHEMA_ID,
  /// The registry does not know the schema.
  UNKNOWN_SCHEMA_ID,
  /// Not Avro, or without a field that the model needs.
  UNSUITABLE_SCHEMA,
  /// [DecodeStatus#TRUNCATED]
  TRUNCATED,
  /// [DecodeStatus#INVALID_LENGTH]
  INVALID_LENGTH,
  /// [DecodeStatus#INVALID_INDEX]
  INVALID_INDEX,
  /// [DecodeStatus#INVALID_VARINT]
  INVALID_VARINT,
  /// [DecodeStatus#TOO_DEEP]
  TOO_DEEP,
  /// No key, where windows are those of keys.
  NO_KEY,
  /// A key too long for windows.
  KEY_TOO_LONG,
  /// [DecodeStatus#MISSING_VALUE]
  MISSING_VALUE,
  /// [DecodeStatus#NOT_FINITE]
  NOT_FINITE,
  /// [DecodeStatus#NOT_A_FLAG]
  NOT_A_FLAG,
  /// [DecodeStatus#INVALID_TIME]
  INVALID_TIME,
  /// [DecodeStatus#WRONG_BRANCH]
  WRONG_BRANCH;

  /// The reason of a decoding that failed.
  static BadReason of(DecodeStatus status) {
    return switch (status) {
      case OK -> throw new IllegalArgumentException("OK is no failure");
      case TRUNCATED -> TRUNCATED;
      case INVALID_LENGTH -> INVALID_LENGTH;
      case INVALID_INDEX -> INVALID_INDEX;
      case INVALID_VARINT -> INVALID_VARINT;
      case TOO_DEEP -> TOO_DEEP;
      case MISSING_VALUE -> MISSING_VALUE;
      case NOT_FINITE -> NOT_FINITE;
      case NOT_A_FLAG -> NOT_A_FLAG;
      case INVALID_TIME -> INVALID_TIME;
      case WRONG_BRANCH -> WRONG_BRANCH;
    };
  }
}
