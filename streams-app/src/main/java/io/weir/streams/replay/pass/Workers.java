package io.weir.streams.replay.pass;

import io.weir.streams.replay.ReplayFailedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.Consumer;

/// The threads of a replay: each takes the next partition that nobody has, until none is left.
final class Workers {
  private static final long LOOK_MILLIS = 100;

  private final Pass pass;
  private final Clients clients;
  private final int threads;
  private final Queue<PartitionRange> left;
  private final AtomicInteger ended = new AtomicInteger();
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  /// @param threads empty for one per processor
  Workers(Pass pass, Clients clients, OptionalInt threads) {
    // One that fails ends the others: their checkpoints are good.
    this.pass = pass.stoppedBy(() -> failure.get() != null);
    this.clients = clients;
    this.left = new ConcurrentLinkedQueue<>(pass.plan().partitions());
    this.threads =
        Math.min(left.size(), threads.orElseGet(() -> Runtime.getRuntime().availableProcessors()));
  }

  /// Runs until all partitions are at their ends, or until it is told to stop.
  ///
  /// @return whether all are at their ends
  /// @throws ReplayFailedException if one cannot go on
  boolean run() throws ReplayFailedException {
    List<Thread> running = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      int number = thread;
      running.add(Thread.ofPlatform().name("weir-replay-" + number).start(() -> work(number)));
    }
    long all = pass.plan().partitions().stream().mapToLong(PartitionRange::length).sum();
    for (Thread thread : running) {
      do {
        pass.listener().at(pass.passed().sum(), all, pass.events().sum());
      } while (!isOver(thread));
    }
    pass.listener().at(pass.passed().sum(), all, pass.events().sum());
    Exception reason = failure.get();
    if (reason != null) {
      throw reason instanceof ReplayFailedException known
          ? known
          : new ReplayFailedException(text(reason), reason);
    }
    return ended.get() == pass.plan().partitions().size();
  }

  private static boolean isOver(Thread thread) throws ReplayFailedException {
    try {
      thread.join(LOOK_MILLIS);
      return !thread.isAlive();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ReplayFailedException("The replay was interrupted", e);
    }
  }

  private void work(int number) {
    try (Consumer<byte[], byte[]> consumer = clients.consumer(number)) {
      for (PartitionRange next = take(); next != null; next = take()) {
        if (new PartitionPass(pass, next, consumer).run()) {
          ended.incrementAndGet();
        }
      }
    } catch (IOException | ReplayFailedException | RuntimeException e) {
      failure.compareAndSet(null, e);
    }
  }

  private PartitionRange take() {
    return pass.stop().getAsBoolean() ? null : left.poll();
  }

  private static String text(Exception e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }
}
