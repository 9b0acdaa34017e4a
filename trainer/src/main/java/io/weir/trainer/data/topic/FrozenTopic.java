package io.weir.trainer.data.topic;

import io.weir.schemas.NearestNames;
import io.weir.schemas.card.ModelCard.OffsetRange;
import io.weir.trainer.data.ask.DataException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// What a topic holds at this moment: all that is read later lies between these offsets.
///
/// The end of a partition is its last stable offset: a transaction that is still open could be
/// aborted later, and then another reading would find other records.
final class FrozenTopic {
  private static final int SHOWN = 3;

  private final Admin admin;
  private final TopicRequest request;
  private final String topicId;
  private final List<TopicPartition> partitions;

  private FrozenTopic(
      Admin admin, TopicRequest request, String topicId, List<TopicPartition> partitions) {
    this.admin = admin;
    this.request = request;
    this.topicId = topicId;
    this.partitions = partitions;
  }

  /// Finds the topic.
  ///
  /// @throws DataException where it is not there, or no broker answers
  static FrozenTopic find(Admin admin, TopicRequest request) {
    String topic = request.topic();
    try {
      TopicDescription found =
          get(request, admin.describeTopics(List.of(topic)).topicNameValues().get(topic));
      List<TopicPartition> partitions =
          found.partitions().stream()
              .map(TopicPartitionInfo::partition)
              .sorted()
              .map(partition -> new TopicPartition(topic, partition))
              .toList();
      return new FrozenTopic(admin, request, found.topicId().toString(), partitions);
    } catch (UnknownTopicOrPartitionException e) {
      List<String> near =
          NearestNames.ranked(topic, get(request, admin.listTopics().names())).stream()
              .limit(SHOWN)
              .toList();
      throw new DataException(
          "There is no topic %s at %s. %s"
              .formatted(
                  topic,
                  request.connection().bootstrap(),
                  near.isEmpty()
                      ? "There are no topics that this user may see."
                      : "Nearest: " + String.join(", ", near)),
          e);
    }
  }

  /// What distinguishes this topic from an earlier or later one of the same name.
  String topicId() {
    return topicId;
  }

  /// The offsets that are asked for, ascending by partition.
  ///
  /// @throws DataException where offsets that are asked for by partition are not there
  List<OffsetRange> ranges(TopicListener listener) {
    Map<Integer, Long> first = offsets(OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
    Map<Integer, Long> end = offsets(OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
    tellOpenTransactions(end, listener);
    Map<Integer, Long> since = resolve("--since", request.since(), first, end);
    Map<Integer, Long> until = resolve("--until", request.until(), first, end);
    return partitions.stream()
        .map(TopicPartition::partition)
        .map(p -> new OffsetRange(p, since.get(p), Math.max(since.get(p), until.get(p))))
        .toList();
  }

  private void tellOpenTransactions(Map<Integer, Long> stable, TopicListener listener) {
    offsets(OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED)
        .forEach(
            (partition, last) -> {
              if (last > stable.get(partition)) {
                listener.tell(
                    "Partition %d ends at offset %,d: the %,d offsets behind it belong to a transaction that is still open"
                        .formatted(partition, stable.get(partition), last - stable.get(partition)));
              }
            });
  }

  private Map<Integer, Long> resolve(
      String flag, Position position, Map<Integer, Long> first, Map<Integer, Long> end) {
    return switch (position) {
      case Position.Earliest() -> first;
      case Position.Latest() -> end;
      case Position.Offset(long offset) -> {
        Map<Integer, Long> nearest = new HashMap<>();
        first.forEach((p, from) -> nearest.put(p, Math.clamp(offset, from, end.get(p))));
        yield nearest;
      }
      case Position.Offsets(Map<Integer, Long> asked) -> {
        requireThere(flag, asked, first, end);
        yield asked;
      }
      case Position.Time(var instant) -> {
        Map<Integer, Long> found = new HashMap<>();
        offsets(OffsetSpec.forTimestamp(instant.toEpochMilli()), IsolationLevel.READ_COMMITTED)
            .forEach((p, at) -> found.put(p, at < 0 ? end.get(p) : Math.min(at, end.get(p))));
        yield found;
      }
    };
  }

  private void requireThere(
      String flag, Map<Integer, Long> asked, Map<Integer, Long> first, Map<Integer, Long> end) {
    List<String> problems = new ArrayList<>();
    for (int partition : new TreeSet<>(asked.keySet())) {
      long offset = asked.get(partition);
      if (!first.containsKey(partition)) {
        problems.add("there is no partition %d, there are %d".formatted(partition, first.size()));
      } else if (offset < first.get(partition) || offset > end.get(partition)) {
        problems.add(
            "partition %d holds offsets %d to %d (exclusive), not %d"
                .formatted(partition, first.get(partition), end.get(partition), offset));
      }
    }
    for (int partition : first.keySet()) {
      if (!asked.containsKey(partition)) {
        problems.add("partition %d has no offset: name all %d".formatted(partition, first.size()));
      }
    }
    if (!problems.isEmpty()) {
      throw new DataException(
          "Topic %s, %s: %s".formatted(request.topic(), flag, String.join("\n", problems)));
    }
  }

  /// An offset per partition, -1 where no record has the timestamp or a later one.
  private Map<Integer, Long> offsets(OffsetSpec spec, IsolationLevel isolation) {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    partitions.forEach(partition -> asked.put(partition, spec));
    Map<TopicPartition, ListOffsetsResultInfo> answers =
        get(request, admin.listOffsets(asked, new ListOffsetsOptions(isolation)).all());
    Map<Integer, Long> offsets = new HashMap<>();
    answers.forEach((partition, at) -> offsets.put(partition.partition(), at.offset()));
    return offsets;
  }

  private static <T> T get(TopicRequest request, KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException unknown) {
        throw unknown;
      }
      throw failure(request, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(request, e);
    }
  }

  /// What brokers did not do, for people.
  static DataException failure(TopicRequest request, Throwable cause) {
    String brokers = request.connection().bootstrap();
    return switch (cause) {
      case TimeoutException _ ->
          new DataException(
              "No broker answered at %s in time (%s): check --bootstrap-servers, that the brokers run, and security.protocol in --kafka-config"
                  .formatted(brokers, cause.getMessage()),
              cause);
      case AuthenticationException _ ->
          new DataException(
              "%s refuses to let us in: %s. Check the sasl.* and ssl.* settings of --kafka-config"
                  .formatted(brokers, cause.getMessage()),
              cause);
      case AuthorizationException _ ->
          new DataException(
              "%s does not let this user read topic %s: %s. It needs the rights READ and DESCRIBE on the topic"
                  .formatted(brokers, request.topic(), cause.getMessage()),
              cause);
      case KafkaException _ ->
          new DataException(
              "Topic %s at %s: %s%s"
                  .formatted(
                      request.topic(),
                      brokers,
                      cause.getMessage(),
                      cause.getCause() == null ? "" : " (" + cause.getCause().getMessage() + ")"),
              cause);
      default -> new DataException("Topic %s at %s: %s".formatted(request.topic(), brokers, cause));
    };
  }
}
