package io.weir.streams.infer;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;

/// Notes, on the main consumer of a stream thread, the records that a poll returned. Changes
/// nothing.
public final class PolledRecordsInterceptor implements ConsumerInterceptor<byte[], byte[]> {
  private LookAhead lookAhead;

  @Override
  public void configure(Map<String, ?> configs) {
    if (!(configs.get(LookAhead.CONFIG) instanceof LookAhead given)) {
      throw new ConfigException(LookAhead.CONFIG, configs.get(LookAhead.CONFIG), "Weir sets it");
    }
    lookAhead = given;
  }

  @Override
  public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
    lookAhead.note(records);
    return records;
  }

  @Override
  public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

  @Override
  public void close() {}
}
