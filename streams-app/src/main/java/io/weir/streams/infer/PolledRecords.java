package io.weir.streams.infer;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/// The polled records of one stream thread, by partition. Not thread-safe: consumer and tasks of a
/// stream thread run in turn.
final class PolledRecords {
  private final int batchMax;
  private final Map<TopicPartition, PartitionQueue> queues = new HashMap<>();

  PolledRecords(int batchMax) {
    this.batchMax = batchMax;
  }

  void note(ConsumerRecords<byte[], byte[]> records) {
    for (TopicPartition partition : records.partitions()) {
      queues
          .computeIfAbsent(partition, _ -> new PartitionQueue(batchMax))
          .add(records.records(partition));
    }
  }

  /// The queue of a partition, null if nothing was ever polled for it.
  PartitionQueue queue(TopicPartition partition) {
    return queues.get(partition);
  }

  /// Forgets a partition number in all topics: they make up one task, which has left this thread.
  void forget(int partition) {
    queues.keySet().removeIf(topicPartition -> topicPartition.partition() == partition);
  }

  /// Number of partitions that are remembered.
  int partitions() {
    return queues.size();
  }
}
