package io.weir.streams.command;

import io.weir.detector.BatchScorer;
import io.weir.detector.Detector;
import io.weir.detector.DetectorRefusedException;
import io.weir.detector.ExecutionProvider;
import io.weir.schemas.card.ModelCard;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `gpu-check`: whether an NVIDIA GPU gives a model's scores as the CPU does, and how fast.
///
/// Its rows are drawn: each value is that of one of the model's golden vectors, so that all are
/// possible ones.
@Command(
    name = "gpu-check",
    description =
        "Score rows of a model on the CPU and on an NVIDIA GPU: exit code 0 if they agree within a"
            + " relative 1e-4, 1 if they do not or if the GPU cannot be used. Prints rows per"
            + " second by batch size for both.",
    sortOptions = false)
public final class GpuCheckCommand implements Callable<Integer> {
  private static final double TOLERANCE = 1e-4;

  /// Below this, scores are compared as numbers and no longer relatively.
  private static final double SMALL = 1e-6;

  @Option(
      names = {"-m", "--model"},
      paramLabel = "FILE",
      required = true,
      description = "A published model.")
  private Path model;

  @Option(
      names = "--device",
      paramLabel = "N",
      defaultValue = "0",
      description = "The GPU's number (default: ${DEFAULT-VALUE}).")
  private int device;

  @Option(
      names = "--batches",
      paramLabel = "N",
      split = ",",
      defaultValue = "1,16,128,512,2048,8192",
      description = "Batch sizes (default: ${DEFAULT-VALUE}).")
  private List<Integer> batches;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "1",
      description = "How long each batch size is measured (default: ${DEFAULT-VALUE}).")
  private double seconds;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (batches.stream().anyMatch(batch -> batch < 1)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--batches " + batches + ": each must be at least 1");
    }
    if (device < 0) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--device " + device + ": it must not be negative");
    }
    PrintWriter out = spec.commandLine().getOut();
    try (Detector cpu = Detector.open(model);
        Detector cuda =
            Detector.open(model, new ExecutionProvider.Cuda(device, OptionalLong.empty()))) {
      return compare(cpu, cuda, out);
    } catch (DetectorRefusedException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  private int compare(Detector cpu, Detector cuda, PrintWriter out) {
    out.printf("%s, %s and %s%n", model, cpu.provider(), cuda.provider());
    out.printf(
        "%8s %14s %14s %8s %12s%n", "batch", "CPU rows/s", "CUDA rows/s", "ratio", "deviation");
    double worst = 0;
    for (int batch : batches) {
      float[] rows = rows(cpu.card(), batch);
      Measured one = measure(cpu, rows, batch);
      Measured two = measure(cuda, rows, batch);
      double deviation = deviation(one.scores, two.scores);
      worst = Math.max(worst, deviation);
      out.printf(
          Locale.ROOT,
          "%,8d %,14.0f %,14.0f %8.2f %12.1e%n",
          batch,
          one.rowsPerSecond,
          two.rowsPerSecond,
          two.rowsPerSecond / one.rowsPerSecond,
          deviation);
      out.flush();
    }
    boolean agree = worst <= TOLERANCE;
    out.printf(
        Locale.ROOT,
        "The scores %s: the largest relative deviation is %.1e, %.0e is allowed%n",
        agree ? "agree" : "do NOT agree",
        worst,
        TOLERANCE);
    out.flush();
    return agree ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private record Measured(float[] scores, double rowsPerSecond) {}

  private Measured measure(Detector detector, float[] rows, int batch) {
    try (BatchScorer scorer = detector.scorer(batch)) {
      System.arraycopy(rows, 0, scorer.features(), 0, rows.length);
      // The first calls choose algorithms and take memory.
      for (int i = 0; i < 20; i++) {
        scorer.scoreRows(batch);
      }
      long calls = 0;
      long start = System.nanoTime();
      double elapsed;
      do {
        scorer.scoreRows(batch);
        calls++;
        elapsed = (System.nanoTime() - start) / 1e9;
      } while (elapsed < seconds);
      float[] scores = new float[batch];
      for (int row = 0; row < batch; row++) {
        scores[row] = scorer.score(row);
      }
      return new Measured(scores, calls * batch / elapsed);
    }
  }

  /// The same rows for the same model and batch size, [batch x values].
  static float[] rows(ModelCard card, int batch) {
    List<ModelCard.GoldenVector> golden = card.golden();
    int values = golden.getFirst().features().size();
    Random random = new Random(batch);
    float[] rows = new float[Math.multiplyExact(batch, values)];
    for (int i = 0; i < rows.length; i++) {
      Float value = golden.get(random.nextInt(golden.size())).features().get(i % values);
      rows[i] = value == null ? Float.NaN : value;
    }
    return rows;
  }

  /// The largest relative deviation of two lists of scores; infinite if one has a value that is no
  /// number where the other has one.
  static double deviation(float[] expected, float[] actual) {
    double worst = 0;
    for (int i = 0; i < expected.length; i++) {
      if (Float.compare(expected[i], actual[i]) == 0) {
        continue;
      }
      double difference =
          Math.abs((double) expected[i] - actual[i]) / Math.max(Math.abs(expected[i]), SMALL);
      worst = Math.max(worst, Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference);
    }
    return worst;
  }
}
