package io.weir.benchmarks.stream;

import io.weir.benchmarks.ChildJvm;
import io.weir.benchmarks.Count;
import io.weir.benchmarks.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Memory of the application over many events: heap after a collection, direct buffers, resident.
///
/// Broker, registry and generator run in this JVM. The broker keeps the last gigabyte of events,
/// and the generator stays near enough to the application that none is deleted unread. A run counts
/// only if every anomalous event gave an alert.
public final class Soak {
  private static final String ID = "soak";
  private static final String TOPIC = "events-soak";
  private static final long AHEAD = 2_000_000;
  private static final int LOOK_EVERY = 100_000;

  private Soak() {}

  /// Arguments: events (default 100,000,000).
  public static void main(String[] args) throws Exception {
    long events = args.length > 0 ? Count.of("EVENTS", args[0]) : 100_000_000;
    Path directory = Files.createTempDirectory("weir-soak");
    try (BenchmarkCluster cluster = BenchmarkCluster.keepingLittle(directory.resolve("broker"));
        BenchmarkModel model =
            BenchmarkModel.train(Workload.SIXTEEN, directory, directory.resolve("train.log"))) {
      run(directory, cluster, model, events);
    } finally {
      Folders.delete(directory);
    }
  }

  private static void run(
      Path directory, BenchmarkCluster cluster, BenchmarkModel model, long events)
      throws Exception {
    double threshold = model.threshold(model.events(StreamRun.SEED));
    int schemaId = cluster.createInput(TOPIC, model.events(StreamRun.SEED));
    cluster.createOutput("alerts-" + ID);
    cluster.createOutput("dead-letters-" + ID);
    EventPool pool = new EventPool(model, model.events(StreamRun.SEED), schemaId, threshold);
    Path settings = directory.resolve("soak.properties");
    List<String> lines = new ArrayList<>(cluster.settings(ID));
    lines.add("state.dir=" + directory.resolve("state"));
    lines.add("commit.interval.ms=1000");
    lines.add("weir.input.topics=" + TOPIC);
    lines.add("weir.model.file=" + model.file());
    lines.add("weir.threshold=value:" + threshold);
    Files.write(settings, lines);
    Process worker =
        ChildJvm.start(
            directory.resolve("soak.log"),
            List.of("-Xmx512m", "-XX:+UseG1GC"),
            SoakWorker.class,
            List.of(settings.toString(), Long.toString(events)));
    Thread printer =
        Thread.ofPlatform().start(() -> worker.inputReader().lines().forEach(System.out::println));
    generate(cluster, pool, events, worker);
    int exit = worker.waitFor();
    printer.join();
    long alerts = cluster.written("alerts-" + ID);
    long dead = cluster.written("dead-letters-" + ID);
    if (exit != 0 || alerts != pool.alerts(events) || dead != 0) {
      throw new IOException(
          "exit code %d, %d alerts instead of %d, %d dead letters: the run does not count"
              .formatted(exit, alerts, pool.alerts(events), dead));
    }
    System.out.printf("%,d alerts, all that were due%n", alerts);
  }

  private static void generate(
      BenchmarkCluster cluster, EventPool pool, long events, Process worker) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = cluster.producer();
        Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
      for (long i = 0; i < events; i++) {
        producer.send(new ProducerRecord<>(TOPIC, EventPool.partition(i), null, pool.value(i)));
        if (i % LOOK_EVERY == 0) {
          while (i - cluster.committed(admin, ID, TOPIC) > AHEAD && worker.isAlive()) {
            Thread.sleep(20);
          }
        }
      }
    }
  }
}
