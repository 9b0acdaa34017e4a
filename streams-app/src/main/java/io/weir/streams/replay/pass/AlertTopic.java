package io.weir.streams.replay.pass;

import io.weir.schemas.event.Alert;
import io.weir.streams.notify.AlertWriter;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/// The alerts of a partition as records of a topic, each exactly once: a transaction ends with
/// every checkpoint and has its offset, committed for a group that nobody is a member of. Not
/// thread-safe.
final class AlertTopic implements AutoCloseable {
  private final String topic;
  private final String group;
  private final TopicPartition partition;
  private final Producer<byte[], byte[]> producer;
  private final Admin admin;
  private final AlertWriter writer;
  private boolean open;

  /// @param topic of the alerts
  /// @param group of the replay
  /// @param partition that is replayed
  /// @param admin of whoever made this
  /// @param schemaId what the registry calls the schema of alerts
  AlertTopic(
      String topic,
      String group,
      TopicPartition partition,
      Producer<byte[], byte[]> producer,
      Admin admin,
      int schemaId) {
    this.topic = topic;
    this.group = group;
    this.partition = partition;
    this.producer = producer;
    this.admin = admin;
    this.writer = new AlertWriter(schemaId);
  }

  /// Ends what an earlier run left open.
  void init() {
    producer.initTransactions();
  }

  /// The offset that was committed with the last alerts, empty if there was no commit.
  OptionalLong committed() {
    OffsetAndMetadata committed = committed(admin, group).get(partition);
    return committed == null ? OptionalLong.empty() : OptionalLong.of(committed.offset());
  }

  /// The offsets of a group, null where there is none.
  static Map<TopicPartition, OffsetAndMetadata> committed(Admin admin, String group) {
    try {
      return admin
          .listConsumerGroupOffsets(
              group, new ListConsumerGroupOffsetsOptions().requireStable(true))
          .partitionsToOffsetAndMetadata()
          .get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    }
  }

  /// Sends an alert as the live application does: with key, timestamp and headers of its event. An
  /// earlier event's headers nobody kept.
  ///
  /// @param event whose turn it is
  void send(Alert alert, ConsumerRecord<byte[], byte[]> event) {
    begin();
    boolean own = alert.getOffset() == event.offset() && alert.getTopic().equals(event.topic());
    producer.send(
        new ProducerRecord<>(
            topic,
            null,
            Math.max(0, alert.getEventTime().toEpochMilli()),
            bytes(alert.getKey()),
            writer.write(alert),
            own ? event.headers() : null));
  }

  /// Ends a transaction.
  ///
  /// @param next offset of the next record
  /// @param consumer that has the replay's group, as none of its members
  void commit(long next, Consumer<byte[], byte[]> consumer) {
    begin();
    producer.sendOffsetsToTransaction(
        Map.of(partition, new OffsetAndMetadata(next)), consumer.groupMetadata());
    producer.commitTransaction();
    open = false;
  }

  private void begin() {
    if (!open) {
      producer.beginTransaction();
      open = true;
    }
  }

  private static byte[] bytes(ByteBuffer keyOrNull) {
    if (keyOrNull == null) {
      return null;
    }
    byte[] bytes = new byte[keyOrNull.remaining()];
    keyOrNull.duplicate().get(bytes);
    return bytes;
  }

  @Override
  public void close() {
    producer.close();
  }
}
