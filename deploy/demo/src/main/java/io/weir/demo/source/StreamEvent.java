package io.weir.demo.source;

import org.apache.avro.generic.GenericRecord;

/// One live event, and what the demo knows about it that the stream must not see.
///
/// @param number from 0, in the order of the stream
/// @param key of the Kafka record, or null
/// @param time of the Kafka record, milliseconds since 1970
/// @param value what is serialised
/// @param truth whether it is an anomaly, and of which kind
/// @param text the event in a few words
public record StreamEvent(
    long number, String key, long time, GenericRecord value, Truth truth, String text) {}
