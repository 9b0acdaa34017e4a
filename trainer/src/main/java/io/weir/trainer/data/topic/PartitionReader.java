package io.weir.trainer.data.topic;

import io.weir.trainer.data.ask.DataException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/// Takes partitions to their files, one after the other. For one thread.
final class PartitionReader {
  private static final Duration POLL = Duration.ofMillis(250);
  private static final long CHECKPOINT_NANOS = 2_000_000_000L;

  private final Consumer<byte[], byte[]> consumer;
  private final RecordDecoder decoder;
  private final SpoolDirectory directory;
  private final Duration patience;
  private final LongAdder passed;
  private final BooleanSupplier stop;

  /// @param patience how long brokers may give nothing
  /// @param passed grows by the offsets that are passed
  /// @param stop whether to end before the end, with all that was read so far on the disk
  PartitionReader(
      Consumer<byte[], byte[]> consumer,
      RecordDecoder decoder,
      SpoolDirectory directory,
      Duration patience,
      LongAdder passed,
      BooleanSupplier stop) {
    this.consumer = consumer;
    this.decoder = decoder;
    this.directory = directory;
    this.patience = patience;
    this.passed = passed;
    this.stop = stop;
  }

  /// Reads from the spool's next offset to an end.
  ///
  /// The end is one of positions, not of records: there may be none at the last offsets.
  ///
  /// @param end exclusive
  void read(TopicPartition partition, PartitionSpool spool, long end) throws IOException {
    // The header, so that an empty partition has a file, too.
    directory.note(spool.checkpoint());
    consumer.assign(List.of(partition));
    consumer.seek(partition, spool.next());
    long progressed = System.nanoTime();
    long noted = progressed;
    while (spool.next() < end && !stop.getAsBoolean()) {
      long before = spool.next();
      take(partition, spool, end);
      long now = System.nanoTime();
      if (spool.next() > before) {
        passed.add(spool.next() - before);
        progressed = now;
      } else if (now - progressed > patience.toNanos()) {
        throw silence(partition, before);
      }
      if (now - noted > CHECKPOINT_NANOS) {
        directory.note(spool.checkpoint());
        noted = now;
      }
    }
    directory.note(spool.checkpoint());
  }

  private void take(TopicPartition partition, PartitionSpool spool, long end) throws IOException {
    try {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL).records(partition)) {
        if (record.offset() >= end) {
          break;
        }
        spool.add(record, decoder.decode(record.value()));
      }
      spool.passTo(Math.min(end, consumer.position(partition, POLL)));
    } catch (TimeoutException _) {
      // No progress: whoever counts them decides how long to go on.
    } catch (OffsetOutOfRangeException e) {
      throw new DataException(
          "%s: the records from offset %d on were deleted before they were read (retention). Begin later, with --since"
              .formatted(partition, spool.next()),
          e);
    }
  }

  private DataException silence(TopicPartition partition, long next) {
    return new DataException(
        "%s: the brokers give nothing from offset %d on, asked for %d s: check that they run and that the partition has a leader"
            .formatted(partition, next, patience.toSeconds()));
  }
}
