package io.weir.benchmarks.kernel;

import io.weir.trainer.engine.kernel.KernelChoice;
import io.weir.trainer.engine.kernel.Kernels;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// GFLOP/s of the matrix products at the shapes of the training cases, next to the peak that the
/// same run measures: the best of many short iterations, which on a shared machine are the ones
/// that nothing interrupted. Before anything is measured, the kernels must give the scalar twin's
/// bits.
public final class KernelBenchmarks {
  private static final String PEAK = "peak";
  private static final List<String> PRODUCTS =
      List.of("forward", "inputGradient", "weightGradient");

  private KernelBenchmarks() {}

  /// Arguments: shapes such as 256x64x128 (rows x inputs x outputs); those of the training cases if
  /// there are none.
  public static void main(String[] args) throws RunnerException {
    List<ProductShape> shapes =
        args.length == 0 ? ProductShape.ALL : Arrays.stream(args).map(ProductShape::parse).toList();
    shapes.forEach(KernelBenchmarks::requireTheScalarTwinsBits);
    Options options =
        new OptionsBuilder()
            .include(ProductBenchmark.class.getName())
            .include(PeakBenchmark.class.getName())
            .param("shape", shapes.stream().map(ProductShape::toString).toArray(String[]::new))
            .forks(1)
            .warmupIterations(4)
            .warmupTime(TimeValue.milliseconds(500))
            .measurementIterations(60)
            .measurementTime(TimeValue.milliseconds(10))
            .verbosity(VerboseMode.SILENT)
            .jvmArgsAppend("--add-modules", "jdk.incubator.vector")
            .build();
    print(new Runner(options).run());
  }

  private static void requireTheScalarTwinsBits(ProductShape shape) {
    ProductArrays expected = products(shape, KernelChoice.scalar());
    ProductArrays actual = products(shape, KernelChoice.chosen());
    if (!Arrays.equals(expected.y, actual.y)
        || !Arrays.equals(expected.dx, actual.dx)
        || !Arrays.equals(expected.gradient, actual.gradient)) {
      throw new IllegalStateException("The kernels do not give the scalar twin's bits at " + shape);
    }
  }

  private static ProductArrays products(ProductShape shape, Kernels kernels) {
    ProductArrays arrays = new ProductArrays(shape);
    arrays.forward(kernels);
    arrays.inputGradient(kernels);
    arrays.weightGradient(kernels);
    arrays.clearSurplus();
    return arrays;
  }

  private static void print(Collection<RunResult> results) {
    Map<String, Map<String, Double>> gflops = new TreeMap<>();
    double peak = 0;
    for (RunResult result : results) {
      String product = result.getPrimaryResult().getLabel();
      double calls = result.getAggregatedResult().getPrimaryResult().getStatistics().getMax();
      if (product.equals(PEAK)) {
        peak = calls * PeakBenchmark.flops() / 1e9;
      } else {
        String shape = result.getParams().getParam("shape");
        gflops
            .computeIfAbsent(shape, _ -> new TreeMap<>())
            .put(product, calls * ProductShape.parse(shape).flops() / 1e9);
      }
    }
    System.out.printf(Locale.ROOT, "%nPeak of one thread, measured: %.0f GFLOP/s%n%n", peak);
    System.out.println("| rows x inputs x outputs | x W + b | dy Wᵀ | xᵀ dy |");
    System.out.println("|---|---|---|---|");
    for (Map.Entry<String, Map<String, Double>> row : gflops.entrySet()) {
      StringBuilder line = new StringBuilder("| " + row.getKey());
      for (String product : PRODUCTS) {
        double rate = row.getValue().get(product);
        line.append(String.format(Locale.ROOT, " | %.0f (%.2f of the peak)", rate, rate / peak));
      }
      System.out.println(line + " |");
    }
  }
}
