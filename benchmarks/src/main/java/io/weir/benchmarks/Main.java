package io.weir.benchmarks;

import io.weir.benchmarks.calibration.AlertRates;
import io.weir.benchmarks.explain.Explanations;
import io.weir.benchmarks.incidents.Incidents;
import io.weir.benchmarks.kernel.KernelBenchmarks;
import io.weir.benchmarks.large.LargeData;
import io.weir.benchmarks.quality.SemiSupervised;
import io.weir.benchmarks.quality.Tabular;
import io.weir.benchmarks.stream.Latency;
import io.weir.benchmarks.stream.LineRate;
import io.weir.benchmarks.stream.ReplayRate;
import io.weir.benchmarks.stream.Scale;
import io.weir.benchmarks.stream.Soak;
import io.weir.benchmarks.stream.WindowThroughput;
import io.weir.benchmarks.training.TrainingPeers;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/// Runs a benchmark by its name.
public final class Main {
  private interface Benchmark {
    void run(String[] args) throws Exception;
  }

  private static final Map<String, Benchmark> BENCHMARKS =
      new TreeMap<>(
          Map.ofEntries(
              benchmark("calibration", AlertRates::main),
              benchmark("crayfish", LineRate::crayfish),
              benchmark("explanations", Explanations::main),
              benchmark("incidents", Incidents::main),
              benchmark("kernels", KernelBenchmarks::main),
              benchmark("large-data", LargeData::main),
              benchmark("latency", Latency::main),
              benchmark("line-rate", LineRate::main),
              benchmark("replay", ReplayRate::main),
              benchmark("scale", Scale::main),
              benchmark("semi-supervised", SemiSupervised::main),
              benchmark("soak", Soak::main),
              benchmark("tabular", Tabular::main),
              benchmark("training-peers", TrainingPeers::main),
              benchmark("windows", WindowThroughput::main)));

  private Main() {}

  private static Map.Entry<String, Benchmark> benchmark(String name, Benchmark benchmark) {
    return Map.entry(name, benchmark);
  }

  /// Arguments: the benchmark's name and what it takes. Exit code 2 where either is wrong.
  public static void main(String[] args) throws Exception {
    Benchmark benchmark = args.length == 0 ? null : BENCHMARKS.get(args[0]);
    if (benchmark == null) {
      System.err.println("Usage: weir benchmark NAME, one of " + BENCHMARKS.keySet());
      System.exit(2);
    }
    try {
      benchmark.run(Arrays.copyOfRange(args, 1, args.length));
    } catch (IllegalArgumentException e) {
      System.err.println("weir: " + e.getMessage());
      System.exit(2);
    }
  }
}
