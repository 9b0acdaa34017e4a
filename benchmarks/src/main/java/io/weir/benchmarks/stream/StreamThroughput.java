package io.weir.benchmarks.stream;

import io.weir.benchmarks.ChildJvm;
import io.weir.benchmarks.Count;
import io.weir.benchmarks.Median;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// Events per second of one stream thread, a model of 16 features, 1 % alerts: the application
/// against the same settings with everything dropped, and against one ONNX Runtime call per event.
///
/// Broker and registry run in this JVM, every measured run in one of its own, the modes in turn. A
/// run counts only if it wrote exactly the alerts that scoring the same events outside Kafka gives.
public final class StreamThroughput {
  private static final long SEED = 7;

  /// A call per event is slow: it is given a smaller topic.
  private static final int SINGLE_SHARE = 5;

  private final Path directory;
  private final BenchmarkCluster cluster;
  private final BenchmarkModel model;
  private final String guarantee;
  private final double threshold;

  private StreamThroughput(
      Path directory, BenchmarkCluster cluster, BenchmarkModel model, String guarantee) {
    this.directory = directory;
    this.cluster = cluster;
    this.model = model;
    this.guarantee = guarantee;
    this.threshold = model.threshold(new BenchmarkEvents(SEED));
  }

  /// Arguments: events (default 8,000,000), rounds (default 3), guarantee (default at_least_once).
  public static void main(String[] args) throws Exception {
    long events = args.length > 0 ? Count.of("EVENTS", args[0]) : 8_000_000;
    int rounds = args.length > 1 ? Count.of("ROUNDS", args[1]) : 3;
    String guarantee = args.length > 2 ? args[2] : "at_least_once";
    Path directory = Files.createTempDirectory("weir-throughput");
    try (BenchmarkCluster cluster = new BenchmarkCluster(directory.resolve("broker"));
        BenchmarkModel model = BenchmarkModel.train(directory, directory.resolve("train.log"))) {
      new StreamThroughput(directory, cluster, model, guarantee).compare(events, rounds);
    } finally {
      delete(directory);
    }
  }

  private void compare(long events, int rounds) throws Exception {
    long few = events / SINGLE_SHARE;
    cluster.createInput("events", new BenchmarkEvents(SEED), events);
    cluster.createInput("few-events", new BenchmarkEvents(SEED), few);
    Map<Mode, List<Double>> rates = new EnumMap<>(Mode.class);
    for (int round = 1; round <= rounds; round++) {
      for (Mode mode : Mode.values()) {
        double rate =
            mode == Mode.SINGLE
                ? run(mode, round, "few-events", few)
                : run(mode, round, "events", events);
        rates.computeIfAbsent(mode, _ -> new ArrayList<>()).add(rate);
        System.err.printf("round %d  %-36s %,10.0f events/s%n", round, mode.title(), rate);
      }
    }
    report(rates, rounds);
  }

  private double run(Mode mode, int round, String topic, long events) throws Exception {
    String id = mode.name().toLowerCase(Locale.ROOT) + "-" + round;
    String alertsTopic = "alerts-" + id;
    String deadLetters = "dead-letters-" + id;
    cluster.createOutput(alertsTopic);
    cluster.createOutput(deadLetters);
    Path settings = directory.resolve(id + ".properties");
    Files.write(
        settings,
        List.of(
            "application.id=" + id,
            "bootstrap.servers=" + cluster.bootstrapServers(),
            "auto.offset.reset=earliest",
            "num.stream.threads=1",
            "processing.guarantee=" + guarantee,
            "state.dir=" + directory.resolve("state-" + id),
            "weir.input.topics=" + topic,
            "weir.alerts.topic=" + alertsTopic,
            "weir.dead.letter.topic=" + deadLetters,
            "weir.schema.registry.url=" + cluster.registryUrl(),
            "weir.model.file=" + model.file(),
            "weir.http.port=-1",
            "weir.threshold=value:" + threshold,
            "weir.batch.max=" + (mode == Mode.SINGLE ? 1 : 512)));
    List<String> out =
        ChildJvm.run(
            directory.resolve(id + ".log"),
            List.of("-Xmx2g", "-XX:+UseG1GC"),
            StreamWorker.class,
            List.of(mode.name(), settings.toString(), Long.toString(events)));
    long expected =
        mode == Mode.DROP ? 0 : model.alerts(new BenchmarkEvents(SEED), events, threshold);
    long alerts = cluster.count(alertsTopic);
    long dead = cluster.count(deadLetters);
    if (alerts != expected || dead != 0) {
      throw new IOException(
          "%s wrote %d alerts and %d dead letters instead of %d and 0: the run does not count"
              .formatted(mode.title(), alerts, dead, expected));
    }
    return Double.parseDouble(out.getLast());
  }

  private void report(Map<Mode, List<Double>> rates, int rounds) {
    System.out.printf(
        "One stream thread, 16 features, 1 %% alerts, %s, median of %d runs each%n",
        guarantee, rounds);
    rates.forEach(
        (mode, each) ->
            System.out.printf("%-36s %,10.0f events/s%n", mode.title(), Median.of(each)));
    double ahead = Median.of(rates.get(Mode.AHEAD));
    System.out.printf(
        "ahead / drop    %.2f (goal 0.60 or more)%nahead / single  %.1f (goal 5 or more)%n",
        ahead / Median.of(rates.get(Mode.DROP)), ahead / Median.of(rates.get(Mode.SINGLE)));
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
