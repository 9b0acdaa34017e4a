package io.weir.streams.notify;

/// Where an event stands.
///
/// @param key byte for byte, null without one
/// @param timestamp of the Kafka record, in milliseconds since 1970
@SuppressWarnings("ArrayRecordComponent")
public record EventOrigin(String topic, int partition, long offset, byte[] key, long timestamp) {}
