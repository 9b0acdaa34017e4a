package io.weir.trainer.command;

import io.weir.trainer.config.ConfigException;
import io.weir.trainer.data.ask.DataException;
import io.weir.trainer.data.topic.Connection;
import io.weir.trainer.data.topic.Position;
import io.weir.trainer.data.topic.TopicRequest;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/// The flags that say which part of which topic.
final class TopicOptions {
  @Option(
      names = "--topic",
      paramLabel = "NAME",
      description =
          "Instead of --data: the history of a Kafka topic, whose values are Avro in Confluent's"
              + " wire format.")
  String topic;

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT,...",
      description = "With --topic: the brokers.")
  String bootstrap;

  @Option(
      names = "--registry",
      paramLabel = "URL,...",
      description = "With --topic: the schema registry.")
  String registry;

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description =
          "With --topic: Kafka's properties of a consumer, such as security.protocol. Keys that"
              + " begin with schema.registry. go to the registry's client without it, such as"
              + " schema.registry.basic.auth.user.info.")
  Path kafkaConfig;

  @Option(
      names = "--since",
      paramLabel = "POSITION",
      description = {
        "With --topic: the first record (default: earliest).",
        "earliest, latest, an offset (100), offsets by partition (0:100,1:250), a date (2026-11-01)"
            + " or a time (2026-11-01T08:30:00Z), in UTC where no zone is said."
      })
  String since;

  @Option(
      names = "--until",
      paramLabel = "POSITION",
      description =
          "With --topic: behind the last record, written as --since (default: latest:"
              + " what the topic holds now, open transactions left out).")
  String until;

  @Option(
      names = "--reader-schema",
      paramLabel = "FILE",
      description =
          "With --topic: the Avro schema that all records are resolved to (default: the latest"
              + " version of the subject NAME-value).")
  Path readerSchema;

  @Option(
      names = "--spool",
      paramLabel = "DIRECTORY",
      description =
          "With --topic: keeps the records that were read. The same command goes on where it was"
              + " stopped, and reads nothing twice.")
  Path spool;

  /// The request for the topic.
  ///
  /// @param temp where temporary files go
  /// @throws ConfigException where a flag is missing or cannot be read
  TopicRequest request(Path temp) {
    return new TopicRequest(
        topic,
        usage(() -> Position.parse(since == null ? "earliest" : since), "--since"),
        usage(() -> Position.parse(until == null ? "latest" : until), "--until"),
        usage(() -> Connection.of(bootstrap, registry, kafkaConfig), "--topic " + topic),
        readerSchema,
        spool,
        temp);
  }

  private static <T> T usage(Supplier<T> read, String flag) {
    try {
      return read.get();
    } catch (DataException e) {
      throw new ConfigException("%s: %s".formatted(flag, e.getMessage()));
    }
  }

  /// @throws ConfigException where a flag is given that says nothing without a topic
  void requireNone() {
    Map<String, Object> given = new LinkedHashMap<>();
    given.put("--bootstrap-servers", bootstrap);
    given.put("--registry", registry);
    given.put("--kafka-config", kafkaConfig);
    given.put("--since", since);
    given.put("--until", until);
    given.put("--reader-schema", readerSchema);
    given.put("--spool", spool);
    given.values().removeIf(Objects::isNull);
    if (!given.isEmpty()) {
      throw new ConfigException(
          "%s belongs to --topic NAME, which is not given"
              .formatted(String.join(", ", List.copyOf(given.keySet()))));
    }
  }
}
