package io.weir.streams.redrive;

import io.weir.streams.config.Settings;
import io.weir.streams.redrive.Tally.Fate;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/// Sends the dead letters of the dead-letter topic back to where they came from, or only counts
/// them.
///
/// Records and the offsets of what is done are written in one transaction, with one transactional
/// id per dead-letter topic: however often a run is killed, repeated or started twice at a time, no
/// dead letter is redriven twice. The brokers forget those offsets `offsets.retention.minutes`
/// after the last run: a partition without them is refused, unless the choice says to begin it. Not
/// thread-safe.
public final class Redrive implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final Settings settings;
  private final Choice choice;
  private final BooleanSupplier ended;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Optional<RedriveBatch> batch;
  private final Tally tally = new Tally();
  private final Map<String, Integer> partitionCounts = new HashMap<>();

  /// Behind the last one of a kind that was left in the partition: what is redriven from there on
  /// makes a stretch without gaps.
  private final Map<DeadLetter.Kind, Long> stretchStarts = new HashMap<>();

  private long left;

  private Redrive(Settings settings, Choice choice, boolean execute, BooleanSupplier ended) {
    this.settings = settings;
    this.choice = choice;
    this.ended = ended;
    this.left = choice.limit();
    // First, so that what a killed run left behind is aborted before its offsets are read.
    this.batch = execute ? Optional.of(RedriveBatch.open(settings)) : Optional.empty();
    this.consumer = RedriveClients.consumer(settings);
  }

  /// Goes through the dead letters that are there now.
  ///
  /// @param execute whether they are redriven; else they are counted
  /// @param ended asked again and again: whether to end early, after the transaction at hand
  /// @throws KafkaException if the brokers refuse or do not answer; what is not committed is not
  ///   done
  /// @throws RedriveRefusedException if the offsets of earlier runs do not fit the topic, or if
  ///   there are none and the choice does not say to begin
  public static Tally run(Settings settings, Choice choice, boolean execute, BooleanSupplier ended)
      throws RedriveRefusedException {
    try (Redrive redrive = new Redrive(settings, choice, execute, ended)) {
      redrive.allPartitions();
      return redrive.tally;
    }
  }

  private void allPartitions() throws RedriveRefusedException {
    List<TopicPartition> partitions =
        consumer.partitionsFor(settings.deadLetterTopic()).stream()
            .map(p -> new TopicPartition(p.topic(), p.partition()))
            .toList();
    consumer.assign(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<TopicPartition, Long> starts = consumer.beginningOffsets(partitions);
    Map<TopicPartition, OffsetAndMetadata> committed =
        consumer.committed(new HashSet<>(partitions));
    for (TopicPartition partition : partitions) {
      if (committed.get(partition) == null && starts.get(partition) < ends.get(partition)) {
        tally.unaccounted(partition.partition());
      }
    }
    begin(tally.unaccounted(), starts);
    for (TopicPartition partition : partitions) {
      partition(partition, done(partition, committed, starts, ends), ends.get(partition));
    }
  }

  /// Begins the account of partitions that have none, of all before the first is redriven: a killed
  /// run is gone on with as any other.
  private void begin(List<Integer> unaccounted, Map<TopicPartition, Long> starts)
      throws RedriveRefusedException {
    if (batch.isEmpty() || unaccounted.isEmpty()) {
      return;
    }
    if (!choice.fromOldest()) {
      throw new RedriveRefusedException(
          "Nothing says what was redriven of %s, partition %s: group %s has no offsets there. Either no redrive was executed yet, or not within offsets.retention.minutes, after which brokers forget them, and then redriven ones would go back again. To go back from the oldest dead letter on: --execute --from-oldest, with --since to leave those that were redriven"
              .formatted(settings.deadLetterTopic(), unaccounted, RedriveClients.group(settings)));
    }
    for (int number : unaccounted) {
      TopicPartition partition = new TopicPartition(settings.deadLetterTopic(), number);
      batch.get().commit(consumer.groupMetadata(), partition, new Done(starts.get(partition)));
    }
  }

  private Done done(
      TopicPartition partition,
      Map<TopicPartition, OffsetAndMetadata> committed,
      Map<TopicPartition, Long> starts,
      Map<TopicPartition, Long> ends)
      throws RedriveRefusedException {
    OffsetAndMetadata at = committed.get(partition);
    if (at == null) {
      return new Done(starts.get(partition));
    }
    String group = RedriveClients.group(settings);
    if (at.offset() > ends.get(partition)) {
      throw new RedriveRefusedException(
          "Group %s has redriven %s up to offset %d, and it ends at %d: the topic was created anew. Forget the old one with kafka-consumer-groups.sh --delete --group %s, then begin with --from-oldest"
              .formatted(group, partition, at.offset(), ends.get(partition), group));
    }
    try {
      Done done = Done.read(at.offset(), at.metadata());
      done.advance(starts.get(partition));
      return done;
    } catch (IllegalArgumentException e) {
      throw new RedriveRefusedException(
          "The offsets of group %s are not those of a redrive (%s): was another program given this group?"
              .formatted(group, e.getMessage()));
    }
  }

  private void partition(TopicPartition partition, Done done, long end)
      throws RedriveRefusedException {
    long from = Math.max(done.position(), since(partition, end));
    boolean whole = true;
    stretchStarts.clear();
    consumer.assign(List.of(partition));
    consumer.seek(partition, done.position());
    long position = done.position();
    long heard = System.nanoTime();
    while (position < end && !ended.getAsBoolean()) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL).records(partition)) {
        if (record.offset() >= end || ended.getAsBoolean()) {
          break;
        }
        whole &= record(record, done, from);
        if (whole) {
          done.advance(record.offset() + 1);
        }
        commitIfFull(partition, done);
      }
      long now = consumer.position(partition);
      if (now > position) {
        position = now;
        heard = System.nanoTime();
      } else if (System.nanoTime() - heard > settings.startTimeout().toNanos()) {
        throw new TimeoutException(
            "Partition %s gave nothing from offset %d within %d ms"
                .formatted(partition, position, settings.startTimeout().toMillis()));
      }
    }
    if (whole && !ended.getAsBoolean()) {
      done.advance(end);
    }
    if (batch.isPresent()) {
      batch.get().commit(consumer.groupMetadata(), partition, done);
    }
  }

  private void commitIfFull(TopicPartition partition, Done done) throws RedriveRefusedException {
    if (batch.isPresent() && batch.get().isFull()) {
      batch.get().commit(consumer.groupMetadata(), partition, done);
    }
  }

  /// Decides on a record.
  ///
  /// @return whether it needs no further run
  private boolean record(ConsumerRecord<byte[], byte[]> record, Done done, long from) {
    return switch (DeadLetter.of(record)) {
      case DeadLetter.Foreign() -> {
        tally.foreign();
        yield true;
      }
      case DeadLetter.Known letter -> {
        Fate fate = fate(letter, record.offset(), done, from);
        tally.count(letter.kind(), fate);
        if (fate == Fate.REDRIVE) {
          left--;
          long start = stretchStarts.getOrDefault(letter.kind(), from);
          done.add(letter.kind(), start, record.offset() + 1);
          batch.ifPresent(b -> b.add(DeadLetter.again(record, letter)));
        } else if (fate != Fate.DONE) {
          stretchStarts.put(letter.kind(), record.offset() + 1);
        }
        yield fate == Fate.REDRIVE || fate == Fate.DONE;
      }
    };
  }

  private Fate fate(DeadLetter.Known letter, long offset, Done done, long from) {
    DeadLetter.Kind kind = letter.kind();
    if (done.contains(kind, offset)) {
      return Fate.DONE;
    }
    boolean chosen =
        (choice.topics().isEmpty() || choice.topics().contains(kind.topic()))
            && (choice.reasons().isEmpty() || choice.reasons().contains(kind.reason()));
    if (!chosen || offset < from) {
      return Fate.NOT_CHOSEN;
    }
    if (kind.attempts() >= choice.attemptsMax()) {
      return Fate.TOO_OFTEN;
    }
    if (letter.partition() >= partitionCount(kind.topic())) {
      return Fate.NO_TOPIC;
    }
    return left > 0 ? Fate.REDRIVE : Fate.NOT_CHOSEN;
  }

  private int partitionCount(String topic) {
    return partitionCounts.computeIfAbsent(
        topic,
        _ -> {
          List<PartitionInfo> partitions = consumer.partitionsFor(topic);
          return partitions == null ? 0 : partitions.size();
        });
  }

  private long since(TopicPartition partition, long end) {
    if (choice.since().isEmpty()) {
      return 0;
    }
    OffsetAndTimestamp found =
        consumer
            .offsetsForTimes(Map.of(partition, choice.since().get().toEpochMilli()))
            .get(partition);
    return found == null ? end : found.offset();
  }

  @Override
  public void close() {
    batch.ifPresent(RedriveBatch::close);
    consumer.close();
  }
}
