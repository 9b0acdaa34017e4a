package io.weir.streams.tell;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads a topic without a consumer group: nothing is committed, and nobody else is disturbed.
///
/// For one thread; [#stop()] may come from any.
public final class AlertTail {
  private static final Logger LOG = LoggerFactory.getLogger(AlertTail.class);
  private static final Duration POLL = Duration.ofMillis(250);
  private static final long LOOK_AGAIN_NANOS = Duration.ofSeconds(30).toNanos();

  private final Consumer<byte[], byte[]> consumer;
  private final String topic;
  private final boolean follow;
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private long lookedNanos = System.nanoTime();
  private volatile boolean stopped;

  /// @param consumer of bytes, with no partitions yet, which the caller closes
  /// @param topic that is there
  public AlertTail(Consumer<byte[], byte[]> consumer, String topic, TailRange range) {
    this.consumer = consumer;
    this.topic = topic;
    this.follow = range.follow();
    List<TopicPartition> partitions = partitions();
    consumer.assign(partitions);
    switch (range.start()) {
      case TailRange.Start.Beginning() -> consumer.seekToBeginning(partitions);
      case TailRange.Start.End() -> consumer.seekToEnd(partitions);
      case TailRange.Start.Time(Instant time) -> seek(partitions, time);
    }
    // Seeking is lazy, and what comes from now on must be seen.
    partitions.forEach(consumer::position);
    if (!follow) {
      ends.putAll(consumer.endOffsets(partitions));
    }
  }

  /// Whether there is nothing more to read.
  public boolean isDone() {
    return stopped
        || !follow
            && ends.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  /// The records that came, none after a short while without any.
  public List<ConsumerRecord<byte[], byte[]>> poll() {
    if (follow && System.nanoTime() - lookedNanos > LOOK_AGAIN_NANOS) {
      takeNewPartitions();
      lookedNanos = System.nanoTime();
    }
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      Long end = ends.get(new TopicPartition(record.topic(), record.partition()));
      if (follow || end != null && record.offset() < end) {
        records.add(record);
      }
    }
    return records;
  }

  /// Ends reading at the next turn.
  public void stop() {
    stopped = true;
  }

  private void seek(List<TopicPartition> partitions, Instant time) {
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, Math.max(0, time.toEpochMilli())));
    Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp first = found.get(partition);
      if (first == null) {
        consumer.seekToEnd(List.of(partition));
      } else {
        consumer.seek(partition, first.offset());
      }
    }
  }

  private void takeNewPartitions() {
    List<TopicPartition> all = partitions();
    List<TopicPartition> added = new ArrayList<>(all);
    added.removeAll(consumer.assignment());
    if (!added.isEmpty()) {
      LOG.info("Topic {} has {} partitions now", topic, all.size());
      consumer.assign(all);
      consumer.seekToBeginning(added);
    }
  }

  private List<TopicPartition> partitions() {
    List<TopicPartition> partitions = new ArrayList<>();
    for (PartitionInfo info : consumer.partitionsFor(topic)) {
      partitions.add(new TopicPartition(topic, info.partition()));
    }
    return partitions;
  }
}
