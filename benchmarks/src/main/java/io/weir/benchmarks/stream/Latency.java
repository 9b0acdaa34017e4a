package io.weir.benchmarks.stream;

import io.weir.benchmarks.ChildJvm;
import io.weir.benchmarks.Count;
import io.weir.benchmarks.Folders;
import io.weir.schemas.event.Alert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Time from an event to its alert at given rates, at_least_once, the application with its default
/// settings: from the moment the event was due to be sent, so that a late generator counts against
/// it, to the moment a consumer in this JVM has the alert.
///
/// Broker, registry, generator and consumer run in this JVM, the application in one of its own. A
/// run counts only if every anomalous event, and no other, has exactly one alert.
public final class Latency {
  private static final long WARM_UP_SECONDS = 15;
  private static final int WIRE_HEADER = 5;

  private final Path directory;
  private final BenchmarkCluster cluster;
  private final BenchmarkModel model;
  private final double threshold;

  private Latency(Path directory, BenchmarkCluster cluster, BenchmarkModel model) {
    this.directory = directory;
    this.cluster = cluster;
    this.model = model;
    this.threshold = model.threshold(model.events(StreamRun.SEED));
  }

  /// Arguments: seconds measured (default 60), rates in events/s (default 1000 and 10000).
  public static void main(String[] args) throws Exception {
    int seconds = args.length > 0 ? Count.of("SECONDS", args[0]) : 60;
    int[] rates =
        args.length > 1
            ? Arrays.stream(args).skip(1).mapToInt(text -> Count.of("RATE", text)).toArray()
            : new int[] {1_000, 10_000};
    Path directory = Files.createTempDirectory("weir-latency");
    try (BenchmarkCluster cluster = new BenchmarkCluster(directory.resolve("broker"));
        BenchmarkModel model =
            BenchmarkModel.train(Workload.SIXTEEN, directory, directory.resolve("train.log"))) {
      Latency latency = new Latency(directory, cluster, model);
      System.out.printf(
          "%10s %10s %14s %14s %12s %12s %12s%n",
          "events/s", "alerts", "lag p50 ms", "lag p99 ms", "p50 ms", "p99 ms", "max ms");
      for (int rate : rates) {
        latency.measure(rate, seconds);
      }
    } finally {
      Folders.delete(directory);
    }
  }

  private void measure(int rate, int seconds) throws Exception {
    String id = "latency-" + rate;
    String topic = "events-" + id;
    int schemaId = cluster.createInput(topic, model.events(StreamRun.SEED));
    cluster.createOutput("alerts-" + id);
    cluster.createOutput("dead-letters-" + id);
    EventPool pool = new EventPool(model, model.events(StreamRun.SEED), schemaId, threshold);
    Path settings = directory.resolve(id + ".properties");
    List<String> lines = new ArrayList<>(cluster.settings(id));
    lines.add("state.dir=" + directory.resolve("state-" + id));
    lines.add("weir.input.topics=" + topic);
    lines.add("weir.model.file=" + model.file());
    lines.add("weir.threshold=value:" + threshold);
    Files.write(settings, lines);
    Process application =
        ChildJvm.start(
            directory.resolve(id + ".log"),
            List.of("-Xmx1g", "-XX:+UseG1GC"),
            io.weir.streams.Main.class,
            List.of("run", "--config", settings.toString()));
    application.getInputStream().close();
    try {
      Flow flow = new Flow(topic, pool, rate, (WARM_UP_SECONDS + seconds) * rate);
      long[] received = new long[flow.sent.length];
      try (KafkaProducer<byte[], byte[]> producer = cluster.producer();
          KafkaConsumer<byte[], byte[]> alerts = cluster.consumer("alerts-" + id)) {
        AtomicBoolean done = new AtomicBoolean();
        Thread generator = Thread.ofPlatform().start(() -> flow.send(producer, done));
        receive(alerts, pool, received, done);
        generator.join();
      }
      report(rate, flow, received);
    } finally {
      application.destroy();
      if (!application.waitFor(60, TimeUnit.SECONDS)) {
        application.destroyForcibly();
      }
    }
  }

  /// The generator.
  private static final class Flow {
    private final String topic;
    private final EventPool pool;
    private final long period;
    private final long start;
    private final long[] sent;

    Flow(String topic, EventPool pool, int rate, long count) {
      this.topic = topic;
      this.pool = pool;
      this.period = 1_000_000_000L / rate;
      this.start = System.nanoTime();
      this.sent = new long[Math.toIntExact(count)];
    }

    long due(int index) {
      return start + index * period;
    }

    void send(KafkaProducer<byte[], byte[]> producer, AtomicBoolean done) {
      for (int i = 0; i < sent.length; i++) {
        for (long wait = due(i) - System.nanoTime(); wait > 0; wait = due(i) - System.nanoTime()) {
          LockSupport.parkNanos(wait);
        }
        sent[i] = System.nanoTime();
        producer.send(new ProducerRecord<>(topic, EventPool.partition(i), null, pool.value(i)));
      }
      producer.flush();
      done.set(true);
    }
  }

  private static void receive(
      KafkaConsumer<byte[], byte[]> consumer, EventPool pool, long[] received, AtomicBoolean done)
      throws IOException {
    SpecificDatumReader<Alert> reader = new SpecificDatumReader<>(Alert.class);
    BinaryDecoder decoder = null;
    long missing = pool.alerts(received.length);
    long giveUp = Long.MAX_VALUE;
    while (missing > 0) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
        long now = System.nanoTime();
        byte[] value = record.value();
        decoder =
            DecoderFactory.get()
                .binaryDecoder(value, WIRE_HEADER, value.length - WIRE_HEADER, decoder);
        Alert alert = reader.read(null, decoder);
        int index = Math.toIntExact(EventPool.index(alert.getPartition(), alert.getOffset()));
        if (!pool.isAnomalous(index) || received[index] != 0) {
          throw new IOException("Event " + index + " has an alert too many");
        }
        received[index] = now;
        missing--;
      }
      if (done.get() && giveUp == Long.MAX_VALUE) {
        giveUp = System.nanoTime() + 60_000_000_000L;
      }
      if (System.nanoTime() > giveUp) {
        throw new IOException(missing + " alerts are missing");
      }
    }
  }

  private static void report(int rate, Flow flow, long[] received) {
    int from = Math.toIntExact(WARM_UP_SECONDS * rate);
    long[] latencies =
        LongStream.range(from, received.length)
            .filter(i -> received[(int) i] != 0)
            .map(i -> received[(int) i] - flow.due((int) i))
            .sorted()
            .toArray();
    long[] lags =
        LongStream.range(from, received.length)
            .map(i -> flow.sent[(int) i] - flow.due((int) i))
            .sorted()
            .toArray();
    System.out.printf(
        "%,10d %,10d %14.2f %14.2f %12.2f %12.2f %12.2f%n",
        rate,
        latencies.length,
        millis(lags, 0.5),
        millis(lags, 0.99),
        millis(latencies, 0.5),
        millis(latencies, 0.99),
        millis(latencies, 1));
  }

  private static double millis(long[] sorted, double quantile) {
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(quantile * sorted.length))] / 1e6;
  }
}
