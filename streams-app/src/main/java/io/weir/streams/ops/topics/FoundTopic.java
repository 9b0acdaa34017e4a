package io.weir.streams.ops.topics;

import java.util.Map;

/// A topic as the brokers have it.
///
/// @param replication replicas of its first partition
/// @param configs those that Weir looks at; empty if they were not asked for, or may not be read
public record FoundTopic(int partitions, int replication, Map<String, String> configs) {}
