package io.weir.benchmarks.stream;

import io.weir.benchmarks.Count;
import io.weir.benchmarks.Folders;
import io.weir.benchmarks.Median;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/// Events per second by what is done to them, stream threads and guarantee: how near the
/// application comes to Kafka Streams that drops everything, and how far it is from one ONNX
/// Runtime call per event.
///
/// Broker and registry run in this JVM, every measured run in one of its own, the setups in turn.
public final class LineRate {
  private static final List<Setup> SETUPS =
      List.of(
          new Setup(Mode.DROP, 1, Setup.AT_LEAST_ONCE),
          new Setup(Mode.DECODE, 1, Setup.AT_LEAST_ONCE),
          new Setup(Mode.SCORE, 1, Setup.AT_LEAST_ONCE),
          new Setup(Mode.ALERTS, 1, Setup.AT_LEAST_ONCE),
          new Setup(Mode.ALERTS, 1, Setup.EXACTLY_ONCE),
          new Setup(Mode.DROP, 2, Setup.AT_LEAST_ONCE),
          new Setup(Mode.ALERTS, 2, Setup.AT_LEAST_ONCE),
          new Setup(Mode.ALERTS, 2, Setup.EXACTLY_ONCE),
          new Setup(Mode.SINGLE, 1, Setup.AT_LEAST_ONCE),
          new Setup(Mode.NAIVE, 1, Setup.AT_LEAST_ONCE));

  /// What Crayfish (EDBT 2024) measured for Kafka Streams with ONNX Runtime in its JVM and a
  /// feed-forward network of 28 thousand parameters on 784 inputs, one worker, in events/s.
  private static final double CRAYFISH = 1_911;

  private final Map<Setup, List<Measured>> runs = new LinkedHashMap<>();

  private LineRate() {}

  /// Arguments: events (default 8,000,000), rounds (default 3), modes (default all).
  public static void main(String[] args) throws Exception {
    LineRate benchmark = new LineRate();
    benchmark.run(Workload.SIXTEEN, SETUPS, args);
    double alerts = benchmark.rate(Mode.ALERTS, 1, Setup.AT_LEAST_ONCE);
    double alerts2 = benchmark.rate(Mode.ALERTS, 2, Setup.AT_LEAST_ONCE);
    ratio("alerts / drop, 1 thread", alerts / benchmark.rate(Mode.DROP, 1), "0.75");
    ratio("alerts / drop, 2 threads", alerts2 / benchmark.rate(Mode.DROP, 2), "0.75");
    ratio(
        "exactly_once_v2 / at_least_once, 1 thread",
        benchmark.rate(Mode.ALERTS, 1, Setup.EXACTLY_ONCE) / alerts,
        "0.85");
    ratio(
        "exactly_once_v2 / at_least_once, 2 threads",
        benchmark.rate(Mode.ALERTS, 2, Setup.EXACTLY_ONCE) / alerts2,
        "0.85");
    ratio("alerts / naive call per event", alerts / benchmark.rate(Mode.NAIVE, 1), "20");
    ratio("alerts / call per event", alerts / benchmark.rate(Mode.SINGLE, 1), null);
    ratio(
        "bytes allocated per event, score - drop",
        benchmark.median(Mode.SCORE, 1, Measured::allocated)
            - benchmark.median(Mode.DROP, 1, Measured::allocated),
        null);
  }

  /// The same for a network of the size of Crayfish's. Arguments: events (default 400,000), rounds
  /// (default 3), modes (default all).
  public static void crayfish(String[] args) throws Exception {
    LineRate benchmark = new LineRate();
    List<Setup> setups =
        List.of(
            new Setup(Mode.DROP, 1, Setup.AT_LEAST_ONCE),
            new Setup(Mode.DECODE, 1, Setup.AT_LEAST_ONCE),
            new Setup(Mode.ALERTS, 1, Setup.AT_LEAST_ONCE),
            new Setup(Mode.NAIVE, 1, Setup.AT_LEAST_ONCE));
    benchmark.run(Workload.CRAYFISH, setups, args);
    double alerts = benchmark.rate(Mode.ALERTS, 1);
    ratio("alerts / published 1,911 events/s", alerts / CRAYFISH, "10");
    ratio("alerts / naive call per event", alerts / benchmark.rate(Mode.NAIVE, 1), null);
  }

  private void run(Workload workload, List<Setup> setups, String[] args) throws Exception {
    long events = args.length > 0 ? Count.of("EVENTS", args[0]) : workload.events();
    int rounds = args.length > 1 ? Count.of("ROUNDS", args[1]) : 3;
    Path directory = Files.createTempDirectory("weir-line-rate");
    try (BenchmarkCluster cluster = new BenchmarkCluster(directory.resolve("broker"));
        BenchmarkModel model =
            BenchmarkModel.train(workload, directory, directory.resolve("train.log"))) {
      StreamRun run = new StreamRun(directory, cluster, model, events);
      Set<Mode> modes = modes(args);
      for (int round = 1; round <= rounds; round++) {
        for (Setup setup : setups.stream().filter(s -> modes.contains(s.mode())).toList()) {
          Measured measured = run.measure(setup, round);
          runs.computeIfAbsent(setup, _ -> new ArrayList<>()).add(measured);
          System.err.printf("round %d  %s %s%n", round, setup, text(measured));
        }
      }
    } finally {
      Folders.delete(directory);
    }
    System.out.printf(
        "%d features, %,d events, medians of %d runs each: stream threads, events/s, their"
            + " processor time and allocated bytes per event%n",
        workload.features(), events, rounds);
    runs.forEach((setup, each) -> System.out.println(setup + " " + text(median(each))));
  }

  private static Set<Mode> modes(String[] args) {
    if (args.length < 3) {
      return EnumSet.allOf(Mode.class);
    }
    return Arrays.stream(args)
        .skip(2)
        .map(name -> Mode.valueOf(name.toUpperCase(Locale.ROOT)))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Mode.class)));
  }

  private static String text(Measured measured) {
    return "%,12.0f /s %,8.0f ns %,8.0f B"
        .formatted(measured.rate(), measured.cpuNanos(), measured.allocated());
  }

  private static Measured median(List<Measured> each) {
    return new Measured(
        Median.of(each.stream().map(Measured::rate).toList()),
        Median.of(each.stream().map(Measured::cpuNanos).toList()),
        Median.of(each.stream().map(Measured::allocated).toList()));
  }

  private double rate(Mode mode, int threads) {
    return rate(mode, threads, Setup.AT_LEAST_ONCE);
  }

  private double rate(Mode mode, int threads, String guarantee) {
    return median(new Setup(mode, threads, guarantee), Measured::rate);
  }

  private double median(Mode mode, int threads, ToDoubleFunction<Measured> value) {
    return median(new Setup(mode, threads, Setup.AT_LEAST_ONCE), value);
  }

  /// NaN if it was not run.
  private double median(Setup setup, ToDoubleFunction<Measured> value) {
    List<Measured> each = runs.get(setup);
    return each == null ? Double.NaN : value.applyAsDouble(median(each));
  }

  private static void ratio(String what, double value, String goalOrNull) {
    if (Double.isNaN(value)) {
      return;
    }
    System.out.printf(
        "%-44s %.2f%s%n",
        what, value, goalOrNull == null ? "" : " (goal " + goalOrNull + " or more)");
  }
}
