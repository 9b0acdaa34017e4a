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
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
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

  /// Sent at once; when their alerts are there, the application runs.
  private static final int FIRST = 400;

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
      try (KafkaProducer<byte[], byte[]> producer = cluster.producer();
          KafkaConsumer<byte[], byte[]> alerts = cluster.consumer("alerts-" + id)) {
        Received received = new Received(alerts, pool, flow.sent.length);
        flow.sendFirst(producer);
        received.await(pool.alerts(FIRST));
        Thread generator = Thread.ofPlatform().start(() -> flow.send(producer));
        received.await(pool.alerts(flow.sent.length) - pool.alerts(FIRST));
        generator.join();
        report(rate, flow, received.at);
      }
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
    private final long[] sent;
    private long start;

    Flow(String topic, EventPool pool, int rate, long count) {
      this.topic = topic;
      this.pool = pool;
      this.period = 1_000_000_000L / rate;
      this.sent = new long[Math.toIntExact(FIRST + count)];
    }

    long due(int index) {
      return start + (index - FIRST) * period;
    }

    void sendFirst(KafkaProducer<byte[], byte[]> producer) {
      for (int i = 0; i < FIRST; i++) {
        send(producer, i);
      }
      producer.flush();
    }

    void send(KafkaProducer<byte[], byte[]> producer) {
      start = System.nanoTime();
      for (int i = FIRST; i < sent.length; i++) {
        for (long wait = due(i) - System.nanoTime(); wait > 0; wait = due(i) - System.nanoTime()) {
          LockSupport.parkNanos(wait);
        }
        sent[i] = System.nanoTime();
        send(producer, i);
      }
      producer.flush();
    }

    private void send(KafkaProducer<byte[], byte[]> producer, int index) {
      producer.send(
          new ProducerRecord<>(topic, EventPool.partition(index), null, pool.value(index)));
    }
  }

  /// When the alert of each event came.
  private static final class Received {
    private static final Duration GIVE_UP = Duration.ofSeconds(120);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final EventPool pool;
    private final long[] at;
    private final GenericDatumReader<GenericRecord> reader =
        new GenericDatumReader<>(Alert.getClassSchema());
    private BinaryDecoder decoder;

    Received(KafkaConsumer<byte[], byte[]> consumer, EventPool pool, int count) {
      this.consumer = consumer;
      this.pool = pool;
      this.at = new long[count];
    }

    void await(long count) throws IOException {
      long missing = count;
      long last = System.nanoTime();
      while (missing > 0) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          last = System.nanoTime();
          note(record.value(), last);
          missing--;
        }
        if (System.nanoTime() - last > GIVE_UP.toNanos()) {
          throw new IOException(missing + " alerts are missing");
        }
      }
    }

    private void note(byte[] value, long now) throws IOException {
      decoder =
          DecoderFactory.get()
              .binaryDecoder(value, WIRE_HEADER, value.length - WIRE_HEADER, decoder);
      GenericRecord alert = reader.read(null, decoder);
      int index =
          Math.toIntExact(
              EventPool.index((int) alert.get("partition"), (long) alert.get("offset")));
      if (!pool.isAnomalous(index) || at[index] != 0) {
        throw new IOException("Event " + index + " has an alert too many");
      }
      at[index] = now;
    }
  }

  private static void report(int rate, Flow flow, long[] received) {
    int from = Math.toIntExact(FIRST + WARM_UP_SECONDS * rate);
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
