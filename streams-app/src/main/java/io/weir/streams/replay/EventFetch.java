package io.weir.streams.replay;

import io.weir.streams.config.Settings;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.StreamsConfig;

/// Reads single events again, by their coordinates, without a consumer group: nothing that runs is
/// touched. Needs the right to read and describe the topic. Not thread-safe.
///
/// Every method throws the [org.apache.kafka.common.KafkaException] that the brokers answer with, a
/// [TimeoutException] if they do not answer in time.
public final class EventFetch implements AutoCloseable {
  /// Offsets of the first look for earlier events: one fetch of small events.
  private static final long FIRST_STRETCH = 2_000;

  private static final long LONGEST_STRETCH = 512_000;

  /// The next look has to wait for the fetch behind what was looked at, to which there may be no
  /// answer yet: by default for half a second.
  private static final int FETCH_WAIT_MS = 5;

  private static final Duration POLL = Duration.ofMillis(200);

  private final Consumer<byte[], byte[]> consumer;
  private final Duration patience;

  /// What there is at an offset.
  public sealed interface Fetched {
    /// The event.
    record Event(ConsumerRecord<byte[], byte[]> record) implements Fetched {}

    /// No event.
    ///
    /// @param why a sentence without its full stop
    record Missing(String why) implements Fetched {}
  }

  /// @param patience the longest wait for brokers that do not answer
  EventFetch(Consumer<byte[], byte[]> consumer, Duration patience) {
    this.consumer = consumer;
    this.patience = patience;
  }

  /// Connects as the application with these settings does, but for `main.consumer.` settings.
  ///
  /// @param exactlyOnce whether the application reads committed events only; always so for models
  ///   that look at several events
  public static EventFetch open(Settings settings, boolean exactlyOnce) {
    Map<String, Object> kafka = new HashMap<>(settings.kafka());
    if (exactlyOnce) {
      kafka.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    }
    Map<String, Object> configs =
        new StreamsConfig(kafka).getRestoreConsumerConfigs(settings.applicationId() + "-fetch");
    int timeout = Math.toIntExact(settings.startTimeout().toMillis());
    configs.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeout);
    configs.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, timeout);
    configs.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MS);
    configs.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return new EventFetch(
        new KafkaConsumer<>(configs, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
        settings.startTimeout());
  }

  /// What a partition holds.
  public sealed interface Extent {
    /// Offsets from `first` on, below `end`.
    record Offsets(long first, long end) implements Extent {}

    /// No such partition.
    ///
    /// @param why a sentence without its full stop
    record Missing(String why) implements Extent {}
  }

  /// The partitions of a topic, none if there is no such topic.
  public List<TopicPartition> partitions(String topic) {
    List<PartitionInfo> partitions = consumer.partitionsFor(topic);
    return partitions == null
        ? List.of()
        : partitions.stream().map(p -> new TopicPartition(topic, p.partition())).toList();
  }

  /// The offsets that a partition holds now.
  public Extent extent(TopicPartition partition) {
    List<TopicPartition> partitions = partitions(partition.topic());
    if (partitions.isEmpty()) {
      return new Extent.Missing("there is no topic %s".formatted(partition.topic()));
    }
    if (!partitions.contains(partition)) {
      return new Extent.Missing(
          "topic %s has %d partitions, none with the number %d"
              .formatted(partition.topic(), partitions.size(), partition.partition()));
    }
    // Of a partition that it does not read, Kafka's consumer warns when it hears its end.
    consumer.assign(List.of(partition));
    return new Extent.Offsets(
        consumer.beginningOffsets(List.of(partition)).get(partition),
        consumer.endOffsets(List.of(partition)).get(partition));
  }

  /// The first offset with a timestamp that is not before a time; the partition's end if there is
  /// none.
  ///
  /// @param time in milliseconds since 1970
  public long offsetAt(TopicPartition partition, long time) {
    OffsetAndTimestamp found = consumer.offsetsForTimes(Map.of(partition, time)).get(partition);
    return found == null ? consumer.endOffsets(List.of(partition)).get(partition) : found.offset();
  }

  /// Why an offset is not among those that a partition holds, empty if it is.
  public static Optional<String> outside(
      TopicPartition partition, Extent.Offsets held, long offset) {
    if (offset >= held.first() && offset < held.end()) {
      return Optional.empty();
    }
    return Optional.of(
        held.first() == held.end()
            ? "partition %s holds no event any more, offset %d included"
                .formatted(partition, offset)
            : "partition %s has the offsets %d to %d, and not %d%s"
                .formatted(
                    partition,
                    held.first(),
                    held.end() - 1,
                    offset,
                    offset < held.first() ? ": the event is older than what the topic keeps" : ""));
  }

  /// Why there is no event at an offset that is among those of its partition.
  public static String hole(TopicPartition partition, long offset) {
    return "partition %s has no event at offset %d: it was compacted away, aborted by its producer, or is a transaction's mark"
        .formatted(partition, offset);
  }

  /// The event at an offset.
  public Fetched at(TopicPartition partition, long offset) {
    switch (extent(partition)) {
      case Extent.Missing(String why) -> {
        return new Fetched.Missing(why);
      }
      case Extent.Offsets held -> {
        Optional<String> outside = outside(partition, held, offset);
        if (outside.isPresent()) {
          return new Fetched.Missing(outside.get());
        }
      }
    }
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>(1);
    read(
        partition,
        offset,
        offset + 1,
        record -> {
          if (record.offset() == offset) {
            found.add(record);
          }
        });
    return found.isEmpty()
        ? new Fetched.Missing(hole(partition, offset))
        : new Fetched.Event(found.getFirst());
  }

  /// The last events of the same key before an event, in its partition: the oldest first. Reads
  /// backwards in stretches, at worst to where the partition begins.
  ///
  /// @param most how many at most
  /// @param counts whether a record of the key is an event; one that cannot be decoded is not
  public List<ConsumerRecord<byte[], byte[]>> before(
      ConsumerRecord<byte[], byte[]> event,
      int most,
      Predicate<ConsumerRecord<byte[], byte[]>> counts) {
    TopicPartition partition = new TopicPartition(event.topic(), event.partition());
    long first = consumer.beginningOffsets(List.of(partition)).get(partition);
    Deque<ConsumerRecord<byte[], byte[]>> earlier = new ArrayDeque<>();
    long to = event.offset();
    long stretch = FIRST_STRETCH;
    while (earlier.size() < most && to > first) {
      long from = Math.max(first, to - stretch);
      int lacking = most - earlier.size();
      Deque<ConsumerRecord<byte[], byte[]>> newest = new ArrayDeque<>();
      long end = to;
      read(
          partition,
          from,
          end,
          record -> {
            if (record.offset() < end
                && Arrays.equals(record.key(), event.key())
                && counts.test(record)) {
              newest.addLast(record);
              if (newest.size() > lacking) {
                newest.removeFirst();
              }
            }
          });
      newest.descendingIterator().forEachRemaining(earlier::addFirst);
      to = from;
      stretch = Math.min(4 * stretch, LONGEST_STRETCH);
    }
    return List.copyOf(earlier);
  }

  /// Reads a stretch of a partition; records behind it may come, too.
  ///
  /// @param from its first offset
  /// @param end behind its last offset, at most the partition's end
  public void read(
      TopicPartition partition,
      long from,
      long end,
      java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> each) {
    consumer.assign(List.of(partition));
    consumer.seek(partition, from);
    long position = from;
    long heard = System.nanoTime();
    while (position < end) {
      consumer.poll(POLL).records(partition).forEach(each);
      long now = consumer.position(partition);
      if (now > position) {
        position = now;
        heard = System.nanoTime();
      } else if (System.nanoTime() - heard > patience.toNanos()) {
        throw new TimeoutException(
            "Partition %s gave nothing from offset %d within %d ms"
                .formatted(partition, position, patience.toMillis()));
      }
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
