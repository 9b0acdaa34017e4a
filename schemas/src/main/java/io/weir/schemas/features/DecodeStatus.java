package io.weir.schemas.features;

/// What became of one event in [FeatureProgram#decode].
///
/// Bytes left over after the record are no failure: Avro's own reader and the Confluent
/// deserializer ignore them, and an event that other consumers can read is not called bad here.
public enum DecodeStatus {
  /// Every feature is written.
  OK,
  /// The event ends before its schema does, or a length reaches past the end.
  TRUNCATED,
  /// A negative length or block size, or a decimal of zero bytes.
  INVALID_LENGTH,
  /// The index of a union branch or an enum symbol that the schema does not have.
  INVALID_INDEX,
  /// A variable-length int of more than 5 bytes, or long of more than 10.
  INVALID_VARINT,
  /// Nested deeper than [FeatureProgram#MAX_DEPTH].
  TOO_DEEP,
  /// Null, absent or NaN for a feature that is not nullable.
  MISSING_VALUE,
  /// Infinite, or beyond the range of float32.
  NOT_FINITE,
  /// Neither 0 nor 1, neither `true` nor `false`.
  NOT_A_FLAG,
  /// A string that is no ISO-8601 date or date-time.
  INVALID_TIME,
  /// A union branch of a type from which the feature cannot be made.
  WRONG_BRANCH
}
