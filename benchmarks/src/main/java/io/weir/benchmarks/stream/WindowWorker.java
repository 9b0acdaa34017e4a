package io.weir.benchmarks.stream;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.weir.detector.Detector;
import io.weir.streams.WeirApplication;
import io.weir.streams.config.InputTopics;
import io.weir.streams.config.SettingSources;
import io.weir.streams.config.Settings;
import io.weir.streams.decode.EventDecoder;
import io.weir.streams.decode.RegistryClients;
import io.weir.streams.decode.SchemaLookup;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/// One measured run over a topic that is already full: the rate over its second half, then live
/// heap and resident memory.
public final class WindowWorker {
  private static final Duration GIVE_UP = Duration.ofMinutes(20);

  private WindowWorker() {}

  /// Arguments: settings file, number of events, and `application`, `rings` with a threshold, or
  /// `restore`. Prints one line: events/s, heap MiB, resident MiB, alerts (of `rings`), or the
  /// seconds until it runs (of `restore`).
  public static void main(String[] args) throws Exception {
    Settings settings = new SettingSources().file(Path.of(args[0])).settings();
    long events = Long.parseLong(args[1]);
    switch (args[2]) {
      case "application" -> {
        try (WeirApplication application = WeirApplication.start(settings)) {
          System.out.println(measure(events, () -> application.progress().events()) + " 0");
        }
      }
      case "rings" -> rings(settings, events, Double.parseDouble(args[3]));
      case "restore" -> {
        long start = System.nanoTime();
        try (WeirApplication application = WeirApplication.start(settings)) {
          if (!application.awaitRunning(GIVE_UP)) {
            throw new IOException("It does not run: " + application.failure());
          }
          System.out.println((System.nanoTime() - start) / 1e9);
        }
      }
      default -> throw new IllegalArgumentException(args[2]);
    }
  }

  private static void rings(Settings settings, long events, double threshold) throws Exception {
    AtomicLong alerts = new AtomicLong();
    AtomicLong processed = new AtomicLong();
    String line;
    try (Detector detector = Detector.open(settings.model());
        SchemaRegistryClient client =
            RegistryClients.open(settings.registry().urls(), settings.registry().client())) {
      SchemaLookup lookup = new SchemaLookup(client, Duration.ofSeconds(10));
      Topology topology = new Topology();
      topology.addSource(
          "events", new ByteArrayDeserializer(), new ByteArrayDeserializer(), topics(settings));
      topology.addProcessor(
          "detect",
          () ->
              new CountedRings(
                  new RingPerValue(
                      new EventDecoder(lookup, null, detector.card().features()),
                      detector.scorer(settings.batchMax()),
                      threshold,
                      alerts),
                  processed),
          "events");
      topology.addStateStore(
          Stores.keyValueStoreBuilder(
                  Stores.persistentKeyValueStore(RingPerValue.STORE),
                  Serdes.ByteArray(),
                  Serdes.ByteArray())
              .withCachingDisabled(),
          "detect");
      Properties properties = new Properties();
      properties.putAll(settings.kafka());
      properties.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
      properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
      // As the application's.
      properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
      try (KafkaStreams streams = new KafkaStreams(topology, properties)) {
        streams.start();
        line = measure(events, processed::get);
      }
    }
    System.out.println(line + " " + alerts.get());
  }

  private static String[] topics(Settings settings) {
    return switch (settings.input()) {
      case InputTopics.Listed(var topics) -> topics.toArray(String[]::new);
      case InputTopics.Matching _ ->
          throw new IllegalArgumentException("The benchmark names its topic");
    };
  }

  private static String measure(long events, LongSupplier done) throws Exception {
    long before = await(events / 2, done);
    long start = System.nanoTime();
    long after = await(events, done);
    double rate = (after - before) / ((System.nanoTime() - start) / 1e9);
    Memory memory = Memory.now();
    return rate + " " + memory.heap() + " " + memory.resident();
  }

  private static long await(long count, LongSupplier done) throws Exception {
    long limit = System.nanoTime() + GIVE_UP.toNanos();
    while (done.getAsLong() < count) {
      if (System.nanoTime() > limit) {
        throw new IOException("Only %d of %d events".formatted(done.getAsLong(), count));
      }
      Thread.sleep(1);
    }
    return done.getAsLong();
  }
}
