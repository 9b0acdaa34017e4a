package io.weir.benchmarks.stream;

import io.weir.benchmarks.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Runs setups on a cluster, each in a JVM of its own. A run counts only if it wrote exactly the
/// alerts that scoring the same events outside Kafka gives, and no dead letter.
final class StreamRun {
  static final long SEED = 7;
  private static final String TOPIC = "events";

  /// Above every score.
  private static final double NEVER = 1e38;

  private final Path directory;
  private final BenchmarkCluster cluster;
  private final BenchmarkModel model;
  private final long events;
  private final double threshold;

  /// Fills the topics.
  ///
  /// @param events of the fast modes
  StreamRun(Path directory, BenchmarkCluster cluster, BenchmarkModel model, long events)
      throws Exception {
    this.directory = directory;
    this.cluster = cluster;
    this.model = model;
    this.events = events;
    this.threshold = model.threshold(model.events(SEED));
    for (int share : List.of(Mode.ALERTS.share(), Mode.SINGLE.share(), Mode.NAIVE.share())) {
      cluster.createInput(TOPIC + share, model.events(SEED), events / share);
    }
  }

  Measured measure(Setup setup, int round) throws Exception {
    String id = setup.id(round);
    Mode mode = setup.mode();
    long count = events / mode.share();
    cluster.createOutput("alerts-" + id);
    cluster.createOutput("dead-letters-" + id);
    Path settings = settings(id);
    Files.write(settings, settings(setup, id));
    List<String> out =
        ChildJvm.run(
            directory.resolve(id + ".log"),
            List.of("-Xmx2g", "-XX:+UseG1GC"),
            StreamWorker.class,
            List.of(mode.name(), settings.toString(), Long.toString(count)));
    long expected = mode.alerts() ? model.alerts(model.events(SEED), count, threshold) : 0;
    long alerts = cluster.count("alerts-" + id);
    long dead = cluster.count("dead-letters-" + id);
    if (alerts != expected || dead != 0) {
      throw new IOException(
          "%s wrote %d alerts and %d dead letters instead of %d and 0: the run does not count"
              .formatted(setup, alerts, dead, expected));
    }
    return Measured.parse(out.getLast());
  }

  /// The settings file of a run.
  ///
  /// @param id of the run
  Path settings(String id) {
    return directory.resolve(id + ".properties");
  }

  private List<String> settings(Setup setup, String id) {
    Mode mode = setup.mode();
    List<String> lines = new ArrayList<>(cluster.settings(id));
    lines.add("num.stream.threads=" + setup.threads());
    lines.add("processing.guarantee=" + setup.guarantee());
    lines.add("state.dir=" + directory.resolve("state-" + id));
    lines.add("weir.input.topics=" + TOPIC + mode.share());
    lines.add("weir.model.file=" + model.file());
    lines.add("weir.threshold=value:" + (mode == Mode.SCORE ? NEVER : threshold));
    lines.add("weir.batch.max=" + (mode == Mode.SINGLE ? 1 : 512));
    return lines;
  }
}
