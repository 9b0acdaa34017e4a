package io.weir.trainer.data.topic;

import java.nio.file.Path;
import java.util.Objects;

/// Which part of which topic is read, and where it waits.
///
/// @param since the first record
/// @param until behind the last record
/// @param readerSchema a file with the Avro schema that records are resolved to; null for the
///   latest version that the registry has of the topic's values
/// @param spool a directory that keeps what was read, so that the same request goes on there; null
///   for one that is removed at the end
/// @param temp where a directory that is removed at the end is made
public record TopicRequest(
    String topic,
    Position since,
    Position until,
    Connection connection,
    Path readerSchema,
    Path spool,
    Path temp) {
  public TopicRequest {
    Objects.requireNonNull(topic, "topic");
    Objects.requireNonNull(since, "since");
    Objects.requireNonNull(until, "until");
    Objects.requireNonNull(connection, "connection");
    Objects.requireNonNull(temp, "temp");
  }
}
