package io.weir.streams;

import io.weir.streams.path.EventPath;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/// The record's own timestamp. A record without one, which only very old or odd producers write,
/// gets the partition's latest time: the default of Kafka Streams would stop the processor.
final class EventTimestamps implements TimestampExtractor {
  @Override
  public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
    return EventPath.timestamp(record.timestamp(), partitionTime);
  }
}
