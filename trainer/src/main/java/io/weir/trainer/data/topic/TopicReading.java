package io.weir.trainer.data.topic;

import io.weir.trainer.data.ask.DataException;
import io.weir.trainer.data.topic.SpoolState.Part;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/// A few consumers take the partitions of a topic to their files, each one after the other: what
/// waits in memory does not grow with the number of partitions.
final class TopicReading {
  private static final int CONSUMERS = 4;
  private static final long TELL_MS = 200;

  private final TopicClients clients;
  private final SchemaBook book;
  private final SpoolDirectory directory;
  private final SpoolGuard guard;
  private final TopicListener listener;
  private final LongAdder passed = new LongAdder();
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  TopicReading(
      TopicClients clients,
      SchemaBook book,
      SpoolDirectory directory,
      SpoolGuard guard,
      TopicListener listener) {
    this.clients = clients;
    this.book = book;
    this.directory = directory;
    this.guard = guard;
    this.listener = listener;
  }

  /// Reads what is missing. Returns early, with all that was read on the disk, when the process is
  /// about to end.
  ///
  /// @param resumed whether the spool was begun before
  void read(SpoolState state, boolean resumed) {
    Schema values = new Schema.Parser().parse(state.schema());
    Schema rows = TopicFields.schema(values, state.schemaSource());
    announce(state, resumed);
    try {
      directory.begin(state);
      guard.reading();
      readAll(state, values, rows);
    } catch (IOException e) {
      failure.compareAndSet(null, e);
    } finally {
      SpoolState reached = directory.state().orElse(state);
      if (guard.isEnding()) {
        listener.tell(
            "Stopped at %,d of %,d offsets%s"
                .formatted(
                    reached.passed(),
                    reached.offsets(),
                    directory.isTemporary() ? "" : "; the same command goes on there"));
      }
      guard.idle();
    }
    rethrow();
  }

  private void announce(SpoolState state, boolean resumed) {
    if (resumed) {
      listener.tell(
          "%s: goes on at %,d of %,d offsets"
              .formatted(directory.path(), state.passed(), state.offsets()));
    }
    listener.tell(
        "Topic %s, read as %s: %s"
            .formatted(
                state.topic(), state.schemaSource(), OffsetText.of(state.provenance().offsets())));
    listener.at(state.passed(), state.offsets());
  }

  private void readAll(SpoolState state, Schema values, Schema rows) {
    Queue<Part> todo =
        new ConcurrentLinkedQueue<>(
            state.partitions().stream()
                .filter(part -> part.next() < part.end() || part.bytes() == 0)
                .toList());
    int threads = Math.min(CONSUMERS, todo.size());
    CountDownLatch done = new CountDownLatch(threads);
    List<Thread> readers = new ArrayList<>();
    IntStream.range(0, threads)
        .mapToObj(
            i ->
                Thread.ofPlatform()
                    .daemon()
                    .name("weir-topic-" + i)
                    .unstarted(() -> readParts(state, values, rows, todo, done)))
        .forEach(readers::add);
    readers.forEach(Thread::start);
    long before = state.passed();
    try {
      while (!done.await(TELL_MS, TimeUnit.MILLISECONDS)) {
        listener.at(before + passed.sum(), state.offsets());
      }
    } catch (InterruptedException e) {
      failure.compareAndSet(null, e);
      Thread.currentThread().interrupt();
    }
    listener.at(before + passed.sum(), state.offsets());
  }

  private void readParts(
      SpoolState state, Schema values, Schema rows, Queue<Part> todo, CountDownLatch done) {
    try (KafkaConsumer<byte[], byte[]> consumer = clients.consumer()) {
      PartitionReader reader =
          new PartitionReader(
              consumer,
              new RecordDecoder(book, values),
              directory,
              clients.patience(),
              passed,
              this::isOver);
      for (Part part = todo.poll(); part != null && !isOver(); part = todo.poll()) {
        try (PartitionSpool spool =
            PartitionSpool.open(directory.file(part.partition()), part, values, rows)) {
          reader.read(new TopicPartition(state.topic(), part.partition()), spool, part.end());
        }
      }
    } catch (IOException | RuntimeException e) {
      failure.compareAndSet(null, e);
    } catch (Error e) {
      failure.compareAndSet(null, new IllegalStateException(e));
      throw e;
    } finally {
      done.countDown();
    }
  }

  private boolean isOver() {
    return guard.isEnding() || failure.get() != null;
  }

  private void rethrow() {
    switch (failure.get()) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Exception e ->
          throw new DataException(
              "%s cannot be written: %s. State a directory with more space, with %s"
                  .formatted(
                      directory.path(),
                      e.getMessage(),
                      directory.isTemporary() ? "--temp" : "--spool"),
              e);
    }
  }
}
