package io.weir.benchmarks.stream;

import io.weir.benchmarks.Count;
import io.weir.benchmarks.Folders;
import io.weir.benchmarks.Median;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Events per second of a replay against the live application, and against a consumer that reads
/// the topic and does nothing else.
///
/// Broker and registry run in this JVM, every measured run in one of its own, the setups in turn. A
/// run counts only if it gave exactly the live application's alerts, byte for byte.
public final class ReplayRate {
  private static final List<Integer> THREADS = List.of(1, 2);

  private final Map<String, List<Double>> rates = new LinkedHashMap<>();

  private ReplayRate() {}

  /// Arguments: events (default 8,000,000), rounds (default 3).
  public static void main(String[] args) throws Exception {
    long events = args.length > 0 ? Count.of("EVENTS", args[0]) : Workload.SIXTEEN.events();
    int rounds = args.length > 1 ? Count.of("ROUNDS", args[1]) : 3;
    new ReplayRate().run(events, rounds);
  }

  private void run(long events, int rounds) throws Exception {
    Path directory = Files.createTempDirectory("weir-replay-rate");
    try (BenchmarkCluster cluster = new BenchmarkCluster(directory.resolve("broker"));
        BenchmarkModel model =
            BenchmarkModel.train(Workload.SIXTEEN, directory, directory.resolve("train.log"))) {
      StreamRun stream = new StreamRun(directory, cluster, model, events);
      ReplayRun replay = new ReplayRun(directory, cluster, stream, events);
      for (int round = 1; round <= rounds; round++) {
        for (int threads : THREADS) {
          Setup live = new Setup(Mode.ALERTS, threads, Setup.AT_LEAST_ONCE);
          add(round, "live application, " + text(threads), stream.measure(live, round).rate());
          add(round, "replay, " + text(threads), replay.replay(threads, live.id(round)));
          add(round, "reading alone, " + text(threads), replay.read(threads));
        }
      }
    } finally {
      Folders.delete(directory);
    }
    System.out.printf(
        "16 features, %,d events, medians of %d runs each, events/s over the second half%n",
        events, rounds);
    rates.forEach((what, each) -> System.out.printf("%-32s %,12.0f%n", what, Median.of(each)));
    for (int threads : THREADS) {
      double replayed = median("replay, " + text(threads));
      System.out.printf(
          "replay / live application, %s: %.2f%n",
          text(threads), replayed / median("live application, " + text(threads)));
      System.out.printf(
          "replay / reading alone, %s: %.2f%n",
          text(threads), replayed / median("reading alone, " + text(threads)));
    }
  }

  private void add(int round, String what, double rate) {
    rates.computeIfAbsent(what, _ -> new ArrayList<>()).add(rate);
    System.err.printf("round %d  %-32s %,12.0f /s%n", round, what, rate);
  }

  private double median(String what) {
    return Median.of(rates.get(what));
  }

  private static String text(int threads) {
    return threads + (threads == 1 ? " thread" : " threads");
  }
}
