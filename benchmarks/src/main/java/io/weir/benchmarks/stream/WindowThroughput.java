package io.weir.benchmarks.stream;

import io.weir.benchmarks.ChildJvm;
import io.weir.benchmarks.Count;
import io.weir.detector.BatchScorer;
import io.weir.detector.Detector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Windows of 28 events x 16 features for many keys: events per second of one stream thread,
/// changelog bytes per event, memory, and how long a restart without its disk takes; beside the
/// same application with a model of single events, and beside a store that rewrites a key's whole
/// window for every event. All exactly_once_v2, 1 % alerts, every window scored from the first
/// event on.
///
/// Broker and registry run in this JVM, every run in one of its own. A run counts only if it found
/// exactly the alerts that windows made offline give.
public final class WindowThroughput {
  static final int STEPS = 28;

  private static final long SEED = 7;

  private final Path directory;
  private final BenchmarkCluster cluster;
  private final Detector windows;
  private final BenchmarkModel single;
  private final long events;

  private WindowThroughput(
      Path directory,
      BenchmarkCluster cluster,
      Detector windows,
      BenchmarkModel single,
      long events) {
    this.directory = directory;
    this.cluster = cluster;
    this.windows = windows;
    this.single = single;
    this.events = events;
  }

  /// Arguments: events (default 2,000,000), numbers of keys (default 10,000 and 1,000,000).
  public static void main(String[] args) throws Exception {
    int events = args.length > 0 ? Count.of("EVENTS", args[0]) : 2_000_000;
    int[] keys =
        args.length > 1
            ? Arrays.stream(args).skip(1).mapToInt(text -> Count.of("KEYS", text)).toArray()
            : new int[] {10_000, 1_000_000};
    Path directory = Files.createTempDirectory("weir-windows");
    try (BenchmarkCluster cluster = new BenchmarkCluster(directory.resolve("broker"));
        BenchmarkModel single = BenchmarkModel.train(directory, directory.resolve("train.log"));
        Detector windows =
            BenchmarkModel.trainWindows(directory, STEPS, directory.resolve("windows.log"))) {
      WindowThroughput benchmark =
          new WindowThroughput(directory, cluster, windows, single, events);
      System.out.printf(
          "%-28s %12s %12s %12s %12s %12s%n",
          "", "events/s", "bytes/event", "heap MiB", "RSS MiB", "restore s");
      for (int each : keys) {
        benchmark.compare(each);
      }
    } finally {
      delete(directory);
    }
  }

  private void compare(int keys) throws Exception {
    WindowEvents source = new WindowEvents(SEED, keys);
    String topic = "events-" + keys;
    cluster.createKeyedInput(topic, source, events);
    float[] scores = windowScores(source);
    float[] sorted = scores.clone();
    Arrays.sort(sorted);
    double threshold = sorted[sorted.length - 1 - sorted.length / 100];
    long expected = 0;
    for (float score : scores) {
      expected += score > threshold ? 1 : 0;
    }
    double plainThreshold = single.threshold(source.events());
    long plainExpected = single.alerts(source.events(), events, plainThreshold);
    System.out.printf("%,d keys, %,d events%n", keys, events);
    Result slots = run("slots", topic, keys, file(), threshold, "application");
    check(slots, cluster.count("alerts-slots-" + keys), expected);
    double restore = restore("slots", keys);
    report("windows, slot log", slots, restore);
    Result plain = run("single", topic, keys, single.file(), plainThreshold, "application");
    check(plain, cluster.count("alerts-single-" + keys), plainExpected);
    report("single events", plain, Double.NaN);
    Result rings = run("rings", topic, keys, file(), threshold, "rings");
    check(rings, rings.alerts, expected);
    report("windows, ring per value", rings, Double.NaN);
    System.out.printf(
        "slot log / ring per value %.1f (goal 3 or more), slot log / single events %.2f%n",
        slots.rate / rings.rate, slots.rate / plain.rate);
  }

  private record Result(
      String name, double rate, long heap, long resident, long alerts, double bytes) {}

  private Result run(String name, String topic, int keys, Path model, double threshold, String kind)
      throws Exception {
    String id = name + "-" + keys;
    cluster.createOutput("alerts-" + id);
    cluster.createOutput("dead-letters-" + id);
    Path settings = directory.resolve(id + ".properties");
    Files.write(
        settings,
        List.of(
            "application.id=" + id,
            "bootstrap.servers=" + cluster.bootstrapServers(),
            "auto.offset.reset=earliest",
            "num.stream.threads=1",
            "processing.guarantee=exactly_once_v2",
            "state.dir=" + directory.resolve("state-" + id),
            "weir.input.topics=" + topic,
            "weir.alerts.topic=alerts-" + id,
            "weir.dead.letter.topic=dead-letters-" + id,
            "weir.schema.registry.url=" + cluster.registryUrl(),
            "weir.model.file=" + model,
            "weir.http.port=-1",
            "weir.threshold=value:" + threshold));
    List<String> arguments =
        new ArrayList<>(List.of(settings.toString(), Long.toString(events), kind));
    arguments.add(Double.toString(threshold));
    String line =
        ChildJvm.run(
                directory.resolve(id + ".log"),
                List.of("-Xmx4g", "-XX:+UseG1GC"),
                WindowWorker.class,
                arguments)
            .getLast();
    String[] fields = line.split(" ");
    return new Result(
        name,
        Double.parseDouble(fields[0]),
        Long.parseLong(fields[1]),
        Long.parseLong(fields[2]),
        Long.parseLong(fields[3]),
        changelogBytes(id) / (double) events);
  }

  /// The same application again, its disk gone.
  private double restore(String name, int keys) throws Exception {
    String id = name + "-" + keys;
    delete(directory.resolve("state-" + id));
    return Double.parseDouble(
        ChildJvm.run(
                directory.resolve(id + ".log"),
                List.of("-Xmx4g", "-XX:+UseG1GC"),
                WindowWorker.class,
                List.of(directory.resolve(id + ".properties").toString(), "0", "restore"))
            .getLast());
  }

  private static void check(Result result, long alerts, long expected) throws IOException {
    if (alerts != expected) {
      throw new IOException(
          "%s found %d alerts instead of %d: the run does not count"
              .formatted(result.name, alerts, expected));
    }
  }

  private static void report(String title, Result result, double restore) {
    System.out.printf(
        "%-28s %,12.0f %12.0f %,12d %,12d %12s%n",
        title,
        result.rate,
        result.bytes,
        result.heap,
        result.resident,
        Double.isNaN(restore) ? "" : "%.1f".formatted(restore));
  }

  /// What the broker keeps of an application's changelog topics; nothing was compacted yet.
  private long changelogBytes(String id) throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.walk(directory.resolve("broker"))) {
      for (Path file : files.toList()) {
        if (file.getParent().getFileName().toString().matches(id + "-.*-changelog-\\d+")
            && file.toString().endsWith(".log")) {
          bytes += Files.size(file);
        }
      }
    }
    return bytes;
  }

  private Path file() {
    return Path.of(windows.origin());
  }

  /// The score of each event's window.
  private float[] windowScores(WindowEvents source) throws Exception {
    int features = BenchmarkEvents.FEATURES;
    int values = STEPS * features;
    float[][] last = new float[source.keys()][];
    float[] scores = new float[Math.toIntExact(events)];
    try (BatchScorer scorer = windows.scorer(512)) {
      int rows = 0;
      for (int index = 0; index < events; index++) {
        int key = source.keyOf(index);
        float[] held = last[key] == null ? new float[0] : last[key];
        int kept = Math.min(held.length, values - features);
        float[] now = new float[kept + features];
        System.arraycopy(held, held.length - kept, now, 0, kept);
        System.arraycopy(source.events().features(index), 0, now, kept, features);
        last[key] = now;
        int at = rows * values;
        Arrays.fill(scorer.features(), at, at + values - now.length, Float.NaN);
        System.arraycopy(now, 0, scorer.features(), at + values - now.length, now.length);
        if (++rows == scorer.maxBatch() || index == events - 1) {
          scorer.scoreRows(rows);
          for (int row = 0; row < rows; row++) {
            scores[index - rows + 1 + row] = scorer.score(row);
          }
          rows = 0;
        }
      }
    }
    return scores;
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
