package io.weir.benchmarks.stream;

import io.weir.streams.WeirReplay;
import io.weir.streams.config.InputTopics;
import io.weir.streams.config.SettingSources;
import io.weir.streams.config.Settings;
import io.weir.streams.replay.Bound;
import io.weir.streams.replay.ReplayListener;
import io.weir.streams.replay.ReplayOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// One measured run in a JVM of its own: prints events per second over the second half.
///
/// Arguments: `replay` or `read`, settings file, events, threads, folder of the replay.
public final class ReplayWorker {
  private static final long LOOK_MILLIS = 5;

  private ReplayWorker() {}

  public static void main(String[] args) throws Exception {
    Settings settings = new SettingSources().file(Path.of(args[1])).settings();
    long events = Long.parseLong(args[2]);
    int threads = Integer.parseInt(args[3]);
    double rate =
        args[0].equals("read")
            ? read(settings, events, threads)
            : replay(settings, events, threads, Path.of(args[4]));
    System.out.println(rate);
  }

  private static double replay(Settings settings, long events, int threads, Path out)
      throws Exception {
    SecondHalf half = new SecondHalf(events);
    ReplayOptions options =
        new ReplayOptions(
            List.of(settings),
            List.of(),
            false,
            new Bound.Earliest(),
            new Bound.Latest(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(settings.applicationId()),
            Optional.of(out),
            Optional.empty(),
            OptionalDouble.empty(),
            OptionalInt.of(threads),
            false,
            List.of());
    WeirReplay.replay(options, half, () -> false);
    return half.rate();
  }

  private static double read(Settings settings, long events, int threads)
      throws InterruptedException {
    String topic = input(settings);
    SecondHalf half = new SecondHalf(events);
    AtomicLong done = new AtomicLong();
    List<Thread> readers = new ArrayList<>();
    List<Integer> partitions = IntStream.range(0, WindowEvents.PARTITIONS).boxed().toList();
    for (int thread = 0; thread < threads; thread++) {
      int number = thread;
      readers.add(
          Thread.ofPlatform()
              .start(
                  () ->
                      partitions.stream()
                          .filter(partition -> partition % threads == number)
                          .forEach(p -> read(settings, new TopicPartition(topic, p), done))));
    }
    for (Thread reader : readers) {
      while (reader.isAlive()) {
        half.at(done.get(), events, done.get());
        reader.join(LOOK_MILLIS);
      }
    }
    half.at(done.get(), events, done.get());
    return half.rate();
  }

  private static void read(Settings settings, TopicPartition partition, AtomicLong done) {
    Map<String, Object> configs =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            settings.bootstrapServers(),
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            settings.kafka().get(ConsumerConfig.MAX_POLL_RECORDS_CONFIG),
            ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
            settings.kafka().get(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG));
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(configs, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        done.addAndGet(consumer.poll(Duration.ofSeconds(1)).count());
      }
    }
  }

  private static String input(Settings settings) {
    return switch (settings.input()) {
      case InputTopics.Listed(List<String> topics) -> topics.getFirst();
      case InputTopics.Matching matching ->
          throw new IllegalArgumentException("one topic is read, not " + matching);
    };
  }

  /// Measures from half of the events on to the last one.
  private static final class SecondHalf implements ReplayListener {
    private final long all;
    private final long begin = System.nanoTime();
    private long from = -1;
    private long fromNanos;
    private long to;
    private long toNanos;

    SecondHalf(long all) {
      this.all = all;
    }

    @Override
    public void tell(String line) {
      System.err.println(line);
    }

    @Override
    public synchronized void at(long offsets, long of, long events) {
      if (from < 0 && events >= all / 2) {
        from = events;
        fromNanos = System.nanoTime();
      }
      if (events > to) {
        to = events;
        toNanos = System.nanoTime();
      }
    }

    double rate() {
      if (to < all) {
        throw new IllegalStateException("%d of %d events came".formatted(to, all));
      }
      if (to == from) {
        // So few that nobody saw the middle.
        return all / ((toNanos - begin) / 1e9);
      }
      return (to - from) / ((toNanos - fromNanos) / 1e9);
    }
  }
}
