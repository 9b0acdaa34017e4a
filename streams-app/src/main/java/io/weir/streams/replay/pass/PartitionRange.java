package io.weir.streams.replay.pass;

import org.apache.kafka.common.TopicPartition;

/// What is replayed of a partition.
///
/// @param history offset at which the warm-up begins, at most `first`
/// @param first offset of the range
/// @param end offset behind it
record PartitionRange(String topic, int partition, long history, long first, long end) {
  TopicPartition topicPartition() {
    return new TopicPartition(topic, partition);
  }

  /// Offsets that are passed.
  long length() {
    // An empty range needs no history.
    return first == end ? 0 : end - history;
  }

  /// What its files are called.
  String fileName() {
    return topic + "-" + partition;
  }
}
