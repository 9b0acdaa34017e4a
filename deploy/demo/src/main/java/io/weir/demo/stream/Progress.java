package io.weir.demo.stream;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InterruptException;

/// How far the stream processor has come, asked of the broker.
public final class Progress implements AutoCloseable {
  private final Admin admin;
  private final String group;

  public Progress(String bootstrap, String group) {
    this.admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap));
    this.group = group;
  }

  /// Whether the processor has joined its group and been given its partitions.
  public boolean running() {
    try {
      ConsumerGroupDescription found =
          admin.describeConsumerGroups(List.of(group)).describedGroups().get(group).get();
      return found.groupState() == GroupState.STABLE && !found.members().isEmpty();
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return false;
      }
      throw new KafkaException("The group %s cannot be described".formatted(group), e.getCause());
    }
  }

  /// Number of events whose scoring has been committed.
  public long committed() {
    try {
      Map<TopicPartition, OffsetAndMetadata> offsets =
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      return offsets.values().stream()
          .filter(o -> o != null)
          .mapToLong(OffsetAndMetadata::offset)
          .sum();
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      throw new KafkaException("The offsets of %s cannot be read".formatted(group), e.getCause());
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
