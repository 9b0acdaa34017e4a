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
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;

/// Events per second of several instances and stream threads that share the partitions of one
/// topic: 1 % alerts, at_least_once. Measured by what the group has committed, from 40 % of the
/// events on, when all instances have joined.
///
/// Broker and registry run in this JVM, every instance in one of its own. A run counts only if
/// every anomalous event has an alert.
public final class Scale {
  private static final double FROM = 0.4;

  /// Of nearly all, since the last commit may take its time.
  private static final double TO = 0.95;

  private static final long GIVE_UP_SECONDS = 300;

  private final Path directory;
  private final BenchmarkCluster cluster;
  private final BenchmarkModel model;
  private final long events;
  private final double threshold;

  private record Size(int instances, int threads) {}

  private Scale(Path directory, BenchmarkCluster cluster, BenchmarkModel model, long events) {
    this.directory = directory;
    this.cluster = cluster;
    this.model = model;
    this.events = events;
    this.threshold = model.threshold(model.events(StreamRun.SEED));
  }

  /// Arguments: events (default 8,000,000).
  public static void main(String[] args) throws Exception {
    long events = args.length > 0 ? Count.of("EVENTS", args[0]) : 8_000_000;
    Path directory = Files.createTempDirectory("weir-scale");
    try (BenchmarkCluster cluster = new BenchmarkCluster(directory.resolve("broker"));
        BenchmarkModel model =
            BenchmarkModel.train(Workload.SIXTEEN, directory, directory.resolve("train.log"))) {
      cluster.createInput("events", model.events(StreamRun.SEED), events);
      Scale scale = new Scale(directory, cluster, model, events);
      System.out.printf("%10s %10s %12s %12s%n", "instances", "threads", "partitions", "events/s");
      for (Size size :
          List.of(new Size(1, 1), new Size(1, 2), new Size(2, 1), new Size(1, 4), new Size(2, 2))) {
        System.out.printf(
            "%10d %10d %12d %,12.0f%n",
            size.instances, size.threads, WindowEvents.PARTITIONS, scale.rate(size));
      }
    } finally {
      Folders.delete(directory);
    }
  }

  private double rate(Size size) throws Exception {
    String id = "scale-" + size.instances + "-" + size.threads;
    cluster.createOutput("alerts-" + id);
    cluster.createOutput("dead-letters-" + id);
    List<Process> instances = new ArrayList<>();
    double rate;
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
      for (int i = 0; i < size.instances; i++) {
        instances.add(start(id, i, size.threads));
      }
      await(admin, id, FROM, instances);
      long before = cluster.committed(admin, id, "events");
      long start = System.nanoTime();
      await(admin, id, TO, instances);
      long after = cluster.committed(admin, id, "events");
      rate = (after - before) / ((System.nanoTime() - start) / 1e9);
      await(admin, id, 1, instances);
    } finally {
      for (Process instance : instances) {
        instance.destroy();
        if (!instance.waitFor(60, TimeUnit.SECONDS)) {
          instance.destroyForcibly();
        }
      }
    }
    long expected = model.alerts(model.events(StreamRun.SEED), events, threshold);
    long alerts = cluster.count("alerts-" + id);
    if (alerts < expected) {
      throw new IOException(
          "%s wrote %d alerts instead of %d: the run does not count"
              .formatted(id, alerts, expected));
    }
    return rate;
  }

  private Process start(String id, int number, int threads) throws IOException {
    Path settings = directory.resolve(id + "-" + number + ".properties");
    List<String> lines = new ArrayList<>(cluster.settings(id));
    lines.add("num.stream.threads=" + threads);
    lines.add("commit.interval.ms=100");
    lines.add("state.dir=" + directory.resolve("state-" + id + "-" + number));
    lines.add("weir.input.topics=events");
    lines.add("weir.model.file=" + model.file());
    lines.add("weir.threshold=value:" + threshold);
    Files.write(settings, lines);
    Process instance =
        ChildJvm.start(
            directory.resolve(id + "-" + number + ".log"),
            List.of("-Xmx1g", "-XX:+UseG1GC"),
            io.weir.streams.Main.class,
            List.of("run", "--config", settings.toString()));
    instance.getInputStream().close();
    return instance;
  }

  private void await(Admin admin, String id, double share, List<Process> instances)
      throws Exception {
    long limit = System.nanoTime() + GIVE_UP_SECONDS * 1_000_000_000L;
    while (cluster.committed(admin, id, "events") < share * events) {
      if (System.nanoTime() > limit || instances.stream().anyMatch(i -> !i.isAlive())) {
        throw new IOException(id + " does not get on; its logs are in " + directory);
      }
      Thread.sleep(20);
    }
  }
}
