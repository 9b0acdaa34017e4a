package io.weir.streams.replay.pass;

import io.weir.schemas.NearestNames;
import io.weir.streams.config.InputTopics;
import io.weir.streams.replay.Bound;
import io.weir.streams.replay.ReplayFailedException;
import io.weir.streams.replay.WarmUp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// Turns bounds into offsets, once: what is written to the topics later is no part of the range.
final class FrozenRange {
  private static final int SHOWN = 5;

  private final Admin admin;
  private final IsolationLevel isolation;

  /// @param isolation of whoever reads: where the topic ends differs with open transactions
  FrozenRange(Admin admin, IsolationLevel isolation) {
    this.admin = admin;
    this.isolation = isolation;
  }

  /// The topics' ids, which tell them from earlier or later ones of the same name.
  ///
  /// @throws ReplayFailedException where one is not there
  Map<String, TopicDescription> topics(InputTopics input) throws ReplayFailedException {
    List<String> names =
        switch (input) {
          case InputTopics.Listed(List<String> topics) -> topics;
          case InputTopics.Matching matching ->
              get(admin.listTopics().names()).stream().filter(matching::includes).toList();
        };
    if (names.isEmpty()) {
      throw new ReplayFailedException(
          "No topic matches weir.input.pattern: name one with --topic, or check the pattern");
    }
    Map<String, TopicDescription> found = new TreeMap<>();
    for (String name : names) {
      try {
        found.put(name, get(admin.describeTopics(List.of(name)).topicNameValues().get(name)));
      } catch (UnknownTopicOrPartitionException e) {
        List<String> near =
            NearestNames.ranked(name, get(admin.listTopics().names())).stream()
                .limit(SHOWN)
                .toList();
        throw new ReplayFailedException(
            "There is no topic %s. %s"
                .formatted(
                    name,
                    near.isEmpty()
                        ? "There are no topics that this user may see."
                        : "Nearest: " + String.join(", ", near)),
            e);
      }
    }
    return found;
  }

  /// The offsets, in the order of topic and partition.
  List<PartitionRange> ranges(
      Map<String, TopicDescription> topics, Bound from, Bound to, WarmUp warmUp) {
    List<TopicPartition> partitions = new ArrayList<>();
    topics.forEach(
        (name, topic) ->
            topic
                .partitions()
                .forEach(p -> partitions.add(new TopicPartition(name, p.partition()))));
    partitions.sort(
        Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition));
    Map<TopicPartition, Long> earliest = offsets(partitions, OffsetSpec.earliest());
    Map<TopicPartition, Long> latest = offsets(partitions, OffsetSpec.latest());
    Map<TopicPartition, Long> first = resolve(partitions, from, earliest, latest);
    Map<TopicPartition, Long> end = resolve(partitions, to, earliest, latest);
    Map<TopicPartition, Long> history = history(partitions, from, warmUp, earliest, latest, first);
    return partitions.stream()
        .map(
            p ->
                new PartitionRange(
                    p.topic(),
                    p.partition(),
                    Math.min(history.get(p), first.get(p)),
                    first.get(p),
                    Math.max(first.get(p), end.get(p))))
        .toList();
  }

  private Map<TopicPartition, Long> resolve(
      List<TopicPartition> partitions,
      Bound bound,
      Map<TopicPartition, Long> earliest,
      Map<TopicPartition, Long> latest) {
    return switch (bound) {
      case Bound.Earliest() -> earliest;
      case Bound.Latest() -> latest;
      case Bound.At(Instant time) -> at(partitions, time, latest);
    };
  }

  private Map<TopicPartition, Long> history(
      List<TopicPartition> partitions,
      Bound from,
      WarmUp warmUp,
      Map<TopicPartition, Long> earliest,
      Map<TopicPartition, Long> latest,
      Map<TopicPartition, Long> first) {
    return switch (warmUp) {
      case WarmUp.Whole() -> earliest;
      case WarmUp.None() -> first;
      case WarmUp.For(var length) ->
          switch (from) {
            case Bound.At(Instant time) -> at(partitions, time.minus(length), latest);
            case Bound.Earliest(), Bound.Latest() -> first;
          };
    };
  }

  private Map<TopicPartition, Long> at(
      List<TopicPartition> partitions, Instant time, Map<TopicPartition, Long> latest) {
    Map<TopicPartition, Long> found = new HashMap<>();
    offsets(partitions, OffsetSpec.forTimestamp(Math.max(0, time.toEpochMilli())))
        .forEach((p, at) -> found.put(p, at < 0 ? latest.get(p) : Math.min(at, latest.get(p))));
    return found;
  }

  /// An offset for each partition, -1 where no record has the timestamp or a later one.
  private Map<TopicPartition, Long> offsets(List<TopicPartition> partitions, OffsetSpec spec) {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    partitions.forEach(partition -> asked.put(partition, spec));
    Map<TopicPartition, Long> offsets = new HashMap<>();
    get(admin.listOffsets(asked, new ListOffsetsOptions(isolation)).all())
        .forEach((partition, at) -> offsets.put(partition, at.offset()));
    return offsets;
  }

  /// Waits for an answer.
  static <T> T get(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    }
  }
}
