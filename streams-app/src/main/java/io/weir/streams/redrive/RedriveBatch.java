package io.weir.streams.redrive;

import io.weir.streams.config.Settings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/// Records that go back in one transaction, together with the offset that says so.
final class RedriveBatch implements AutoCloseable {
  private static final int RECORDS = 500;
  private static final long BYTES = 4L << 20;

  private final KafkaProducer<byte[], byte[]> producer;
  private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
  private long bytes;

  private RedriveBatch(KafkaProducer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  /// Fences other runs, and waits until what they did not commit is aborted.
  static RedriveBatch open(Settings settings) {
    KafkaProducer<byte[], byte[]> producer = RedriveClients.producer(settings);
    boolean opened = false;
    try {
      producer.initTransactions();
      opened = true;
      return new RedriveBatch(producer);
    } finally {
      if (!opened) {
        producer.close();
      }
    }
  }

  void add(ProducerRecord<byte[], byte[]> record) {
    records.add(record);
    bytes += record.value() == null ? 0 : record.value().length;
  }

  boolean isFull() {
    return records.size() >= RECORDS || bytes >= BYTES;
  }

  /// Writes all, and what is done then.
  void commit(ConsumerGroupMetadata group, TopicPartition partition, Done done)
      throws RedriveRefusedException {
    String metadata = done.metadata();
    if (metadata.getBytes(StandardCharsets.UTF_8).length > Done.METADATA_MAX) {
      throw new RedriveRefusedException(
          "Of %s too many dead letters were left between redriven ones to keep account of: redrive with fewer or other filters"
              .formatted(partition));
    }
    producer.beginTransaction();
    try {
      records.forEach(producer::send);
      producer.sendOffsetsToTransaction(
          Map.of(partition, new OffsetAndMetadata(done.position(), metadata)), group);
      producer.commitTransaction();
    } catch (KafkaException e) {
      abort(e);
      throw e;
    }
    records.clear();
    bytes = 0;
  }

  private void abort(KafkaException cause) {
    try {
      producer.abortTransaction();
    } catch (KafkaException e) {
      // Fenced, or the brokers are gone: they abort it themselves.
      cause.addSuppressed(e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
