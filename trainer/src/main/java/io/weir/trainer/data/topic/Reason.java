package io.weir.trainer.data.topic;

/// Why a record gives no row. The names are those that the stream processor gives dead letters for
/// the same trouble.
enum Reason {
  TOMBSTONE("no value"),
  EMPTY("a value of no bytes"),
  NO_MAGIC_BYTE("not in Confluent's wire format: produce with a registry serializer"),
  NO_SCHEMA_ID("too short for Confluent's wire format"),
  UNKNOWN_SCHEMA_ID("written with a schema that the registry does not have"),
  UNSUITABLE_SCHEMA("written with a schema that does not fit the reader schema"),
  DAMAGED("bytes that are not what their schema says");

  private final String text;

  Reason(String text) {
    this.text = text;
  }

  /// For people.
  String text() {
    return text;
  }
}
