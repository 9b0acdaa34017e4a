package io.weir.demo;

import io.weir.demo.source.EventSource;
import io.weir.demo.source.FileSource;
import io.weir.demo.source.PaymentSource;
import io.weir.demo.tell.Terminal;
import io.weir.schemas.BuildInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `weir demo`: the whole path on this machine.
@Command(
    name = "weir demo",
    description = {
      "Shows the whole path on this machine, without Docker or anything installed: starts a Kafka"
          + " broker and a schema registry,",
      "generates card payments with fraud among them, trains on their history, runs the stream"
          + " processor on the live ones and prints its alerts.",
      "Ctrl-C ends it with a summary."
    },
    footer = {
      "",
      "Examples:",
      "  weir demo                                     card payments until Ctrl-C",
      "  weir demo --once                              a fixed number; exit code 1 without any"
          + " alert",
      "  weir demo --once --keep                       then leaves the broker up to look around",
      "  weir demo --data metrics.csv.gz --label label  your own file: its first half trains, the"
          + " rest streams"
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = DemoCommand.Version.class)
final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--once",
      description = "End after a fixed number of events; exit code 1 if there was no alert.")
  private boolean once;

  @Option(
      names = "--events",
      paramLabel = "N",
      description =
          "Number of live events (default: no end, 10000 with --once, the whole rest with --data).")
  private Long events;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "500",
      description =
          "Live events per second, 0 for as fast as possible (default: ${DEFAULT-VALUE}).")
  private double rate;

  @Option(
      names = "--burst",
      paramLabel = "N",
      defaultValue = "50000",
      description =
          "With --once: further payments sent as fast as possible at the end, to see the throughput"
              + " (default: ${DEFAULT-VALUE}).")
  private long burst;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "A CSV file with a header, also .gz, instead of generated payments.")
  private Path data;

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      description =
          "With --data: tells anomalies (1) from normal rows (0); not shown to the model.")
  private String label;

  @Option(
      names = "--exclude",
      paramLabel = "COLUMNS",
      split = ",",
      description = "With --data: columns that are no features, such as row numbers.")
  private List<String> exclude = List.of();

  @Option(
      names = "--train-fraction",
      paramLabel = "F",
      defaultValue = "0.5",
      description = "With --data: the part of the rows that trains (default: ${DEFAULT-VALUE}).")
  private double trainFraction;

  @Option(
      names = "--history",
      paramLabel = "N",
      defaultValue = "40000",
      description = "Payments that train (default: ${DEFAULT-VALUE}).")
  private int history;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description = "The trainer's preset (default: the trainer's).")
  private String preset;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Of the training (default: 15; with --data: 50).")
  private Integer epochs;

  @Option(
      names = "--threshold",
      paramLabel = "POLICY",
      defaultValue = "quantile:0.995",
      description =
          "From which score on an event is an alert: card, value:X, quantile:P, tail:P,"
              + " budget:N/day (default:"
              + " ${DEFAULT-VALUE}).")
  private String threshold;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of payments and training (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--scores", description = "Write the score of every event to the topic scores.")
  private boolean scores;

  @Option(
      names = "--keep",
      description =
          "Leave broker, registry and files after the stream until Ctrl-C, and say how to connect.")
  private boolean keep;

  @Option(
      names = "--directory",
      paramLabel = "DIR",
      description = "Where everything is written; must be empty (default: a temporary directory).")
  private Path directory;

  @Option(names = "--port", paramLabel = "N", description = "Of the broker (default: a free one).")
  private int port;

  @Option(
      names = "--registry-port",
      paramLabel = "N",
      description = "Of the registry (default: a free one).")
  private int registryPort;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    check(rate >= 0, "--rate %s: at least 0".formatted(rate));
    check(events == null || events > 0, "--events %s: at least 1".formatted(events));
    check(
        history >= 1000,
        "--history %d: at least 1000, or there is too little to learn".formatted(history));
    check(
        trainFraction > 0 && trainFraction < 1,
        "--train-fraction %s: between 0 and 1".formatted(trainFraction));
    check(label == null || data != null, "--label goes with --data FILE");
    check(exclude.isEmpty() || data != null, "--exclude goes with --data FILE");
    check(epochs == null || epochs >= 1, "--epochs %d: at least 1".formatted(epochs));
    DemoSettings settings = settings();
    // Before the first class with a logger is loaded.
    System.setProperty("weir.demo.log", settings.demoLog().toString());
    System.setProperty("log4j2.configurationFile", "weir-demo-log4j2.xml");
    try (EventSource source = source(settings)) {
      return new Demo(settings, source, Terminal.standard()).run();
    }
  }

  private EventSource source(DemoSettings settings) throws IOException {
    if (data == null) {
      return new PaymentSource(seed, history);
    }
    try {
      return new FileSource(data, label, exclude, trainFraction);
    } catch (IOException e) {
      if (settings.temporary()) {
        Files.delete(settings.directory());
      }
      throw e;
    }
  }

  private DemoSettings settings() throws IOException {
    Path where =
        directory == null ? Files.createTempDirectory("weir-demo-") : emptyDirectory(directory);
    return new DemoSettings(
        once,
        limit(),
        burst(),
        rate,
        keep,
        where.toAbsolutePath(),
        directory == null && !keep,
        scores,
        port,
        registryPort,
        preset,
        epochs != null ? epochs : data == null ? 15 : 50,
        threshold,
        seed);
  }

  private static Path emptyDirectory(Path directory) throws IOException {
    Files.createDirectories(directory);
    try (Stream<Path> found = Files.list(directory)) {
      if (found.findAny().isPresent()) {
        throw new IOException("--directory %s is not empty: name a new one".formatted(directory));
      }
    }
    return directory;
  }

  private long limit() {
    if (events != null) {
      return events;
    }
    return once && data == null ? 10_000 : Long.MAX_VALUE;
  }

  private long burst() {
    return once && data == null ? burst : 0;
  }

  private void check(boolean holds, String rule) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), rule);
    }
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"Weir " + BuildInfo.current()};
    }
  }
}
