package io.weir.local;

import java.util.Map;

/// A real Kafka broker that is alone, listening on 127.0.0.1 without encryption.
public interface Broker extends AutoCloseable {

  /// What a client's `bootstrap.servers` takes: `127.0.0.1:port`.
  String bootstrapServers();

  /// Creates a topic and returns when its partitions can be written.
  ///
  /// @throws org.apache.kafka.common.errors.TopicExistsException if there is one of this name
  default void createTopic(String name, int partitions) {
    createTopic(name, partitions, Map.of());
  }

  /// Creates a topic with settings such as `cleanup.policy` and returns when all its partitions are
  /// led: a producer that is faster gets its first batches refused, and may never get in step
  /// again.
  ///
  /// @throws org.apache.kafka.common.errors.TopicExistsException if there is one of this name
  default void createTopic(String name, int partitions, Map<String, String> settings) {
    TopicMaker.create(bootstrapServers(), name, partitions, settings);
  }

  @Override
  void close();
}
