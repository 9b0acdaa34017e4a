package io.weir.streams.replay.pass;

import io.weir.streams.path.Detection;
import io.weir.streams.replay.ReplayFailedException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/// Takes one partition from its checkpoint, or its beginning, to its end. For one thread.
///
/// With a topic for the alerts, what counts is the offset that was committed with them: a
/// checkpoint is written before the commit, and the one before it kept until after that, so that
/// there is one for either outcome.
final class PartitionPass {
  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long CHECKPOINT_NANOS = 3_000_000_000L;

  /// Of the time, so much at most goes into checkpoints.
  private static final int SHARE = 10;

  /// A transaction lasts from one checkpoint to the next: brokers abort what lasts too long.
  private static final long LONGEST_TRANSACTION_NANOS = 30_000_000_000L;

  private static final int SLICE = 1_024;
  private static final int TIDY_EVERY = 1 << 14;
  private static final int TIDY = 8_192;

  private final Pass pass;
  private final PartitionRange range;
  private final TopicPartition partition;
  private final Consumer<byte[], byte[]> consumer;
  private final Checkpoints checkpoints;
  private PartitionState state;
  private AlertTopic topic;
  private AlertFile file;
  private long checkpointed;
  private long pause = CHECKPOINT_NANOS;
  private long untidied;

  PartitionPass(Pass pass, PartitionRange range, Consumer<byte[], byte[]> consumer) {
    this.pass = pass;
    this.range = range;
    this.partition = range.topicPartition();
    this.consumer = consumer;
    this.checkpoints = new Checkpoints(pass.state(), range);
  }

  /// Goes on until the end, or until it is told to stop; either way with a checkpoint.
  ///
  /// @return whether it is at the end
  boolean run() throws IOException, ReplayFailedException {
    try (AlertTopic its = pass.topics() == null ? null : pass.topics().of(partition)) {
      topic = its;
      begin();
      if (!state.ended) {
        try (AlertFile alerts = new AlertFile(checkpoints.alerts(), state.alertBytes)) {
          file = alerts;
          read();
        }
      }
      return state.ended;
    }
  }

  private void begin() throws IOException, ReplayFailedException {
    OptionalLong from = checkpoints.latest();
    if (topic != null) {
      topic.init();
      from = committed(from);
    }
    if (from.isPresent()) {
      state = pass.state(checkpoints, range, from.getAsLong());
      checkpoints.keepOnly(from.getAsLong());
      if (topic != null) {
        checkpoints.markCommitted();
      }
      pass.passed().add(state.next - range.history());
    } else {
      checkpoints.delete();
      state = new PartitionState(pass.thresholds(), range.history());
    }
  }

  private OptionalLong committed(OptionalLong latest) throws IOException, ReplayFailedException {
    OptionalLong committed = topic.committed();
    if (committed.isEmpty() && checkpoints.hasCommitted()) {
      // Offsets of a group without members expire. The one before it is kept until a checkpoint is
      // committed: one that is alone was.
      OptionalLong only = checkpoints.only();
      if (only.isEmpty()) {
        throw new ReplayFailedException(
            "%s: alerts were committed, and the brokers have forgotten up to where (offsets.retention.minutes). Begin a new replay, with another --id and another --alerts-topic"
                .formatted(partition));
      }
      return only;
    }
    if (committed.isPresent() && !checkpoints.has(committed.getAsLong())) {
      throw new ReplayFailedException(
          "%s: the group of the replay has committed offset %d, and there is no checkpoint of it%s: the folder was changed. Begin a new replay, with another --id"
              .formatted(
                  partition,
                  committed.getAsLong(),
                  latest.isPresent() ? ", the latest is of " + latest.getAsLong() : ""));
    }
    return committed;
  }

  private void read() throws IOException, ReplayFailedException {
    try (EventTurn turn = new EventTurn(pass, range, state, file, topic)) {
      consumer.assign(List.of(partition));
      consumer.seek(partition, state.next);
      long progressed = System.nanoTime();
      checkpointed = progressed;
      while (state.next < end() && !pass.stop().getAsBoolean()) {
        long before = state.next;
        poll(turn);
        long now = System.nanoTime();
        if (state.next > before) {
          progressed = now;
        } else if (now - progressed > PATIENCE.toNanos()) {
          throw new ReplayFailedException(
              "%s: the brokers give nothing from offset %d on, asked for %d s: check that they run and that the partition has a leader"
                  .formatted(partition, state.next, PATIENCE.toSeconds()));
        }
        checkpointIfDue();
      }
      if (state.next >= end()) {
        state.tally.end();
        state.ended = true;
      }
      checkpoint();
    }
  }

  private long end() {
    // An empty range needs no history.
    return range.length() == 0 ? range.history() : range.end();
  }

  private void poll(EventTurn turn) throws IOException, ReplayFailedException {
    ConsumerRecords<byte[], byte[]> records;
    try {
      records = consumer.poll(POLL);
    } catch (TimeoutException _) {
      // No progress: whoever counts them decides how long to go on.
      return;
    } catch (OffsetOutOfRangeException _) {
      skipDeleted();
      return;
    }
    for (Detection detection : pass.detections()) {
      detection.lookAhead().note(records);
    }
    if (all(records.records(partition), turn)) {
      // Behind the last record there may be offsets without any.
      passTo(Math.min(range.end(), position()));
    }
  }

  private long position() {
    try {
      return consumer.position(partition, POLL);
    } catch (TimeoutException _) {
      return state.next;
    }
  }

  /// @return whether all had their turn, up to the end of the range
  private boolean all(List<ConsumerRecord<byte[], byte[]>> records, EventTurn turn)
      throws IOException, ReplayFailedException {
    int slice = pass.pace().slice(SLICE);
    int inSlice = 0;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (record.offset() >= range.end()) {
        return true;
      }
      if (inSlice == slice) {
        pass.events().add(inSlice);
        inSlice = 0;
        checkpointIfDue();
      }
      if (inSlice == 0) {
        pass.pace().take(slice, pass.stop());
        if (pass.stop().getAsBoolean()) {
          return false;
        }
      }
      turn.take(record);
      passTo(record.offset() + 1);
      inSlice++;
      if (++untidied == TIDY_EVERY) {
        turn.tidy(TIDY);
        untidied = 0;
      }
    }
    pass.events().add(inSlice);
    return true;
  }

  private void passTo(long next) {
    if (next > state.next) {
      pass.passed().add(next - state.next);
      state.next = next;
    }
  }

  private void skipDeleted() {
    long there = consumer.beginningOffsets(List.of(partition)).get(partition);
    long to = Math.min(there, range.end());
    if (to <= state.next) {
      return;
    }
    long inRange = Math.max(0, to - Math.max(state.next, range.first()));
    pass.listener()
        .tell(
            "%s: the offsets %d to %d were deleted (retention) before they were read"
                .formatted(partition, state.next, to - 1));
    state.tally.deleted(inRange, to - state.next - inRange);
    passTo(to);
    consumer.seek(partition, to);
  }

  private void checkpointIfDue() throws IOException, ReplayFailedException {
    if (System.nanoTime() - checkpointed > pause) {
      checkpoint();
    }
  }

  private void checkpoint() throws IOException, ReplayFailedException {
    long start = System.nanoTime();
    state.alertBytes = file.flush();
    checkpoints.write(state);
    if (topic != null) {
      commit();
    }
    checkpoints.keepOnly(state.next);
    if (topic != null) {
      checkpoints.markCommitted();
    }
    checkpointed = System.nanoTime();
    pause = Math.max(CHECKPOINT_NANOS, SHARE * (checkpointed - start));
    if (topic != null) {
      pause = Math.min(pause, LONGEST_TRANSACTION_NANOS);
    }
  }

  private void commit() throws ReplayFailedException {
    try {
      topic.commit(state.next, consumer);
    } catch (KafkaException e) {
      throw new ReplayFailedException(
          "%s: the brokers did not confirm the alerts up to offset %d (%s). Check that they run, then go on with --resume: each alert still comes once"
              .formatted(partition, state.next, e.getMessage()),
          e);
    }
  }
}
