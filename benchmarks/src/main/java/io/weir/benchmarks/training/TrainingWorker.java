package io.weir.benchmarks.training;

import com.sun.management.OperatingSystemMXBean;
import io.weir.trainer.fit.EpochLoss;
import io.weir.trainer.fit.Fit;
import io.weir.trainer.fit.FitListener;
import io.weir.trainer.fit.FitResult;
import io.weir.trainer.fit.TrainingRows;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Weir in the training comparison, in a JVM of its own; speaks the protocol of `peer.py`.
public final class TrainingWorker {
  private static final double WARM_UP_SECONDS = 2;

  private TrainingWorker() {}

  /// Arguments: case, threads.
  public static void main(String[] args) {
    TrainingCase c = TrainingCase.named(args[0]);
    int threads = Integer.parseInt(args[1]);
    TrainingRows data = c.data();
    FitResult gate =
        new Fit()
            .run(
                c.network(),
                c.objective(),
                c.gateData(data),
                c.settings(c.batch(), CaseFolder.GATE_STEPS, threads),
                new FitListener() {});
    System.out.println("GATE " + gate.history().stream().map(EpochLoss::loss).toList());
    new Fit()
        .run(
            c.network(),
            c.objective(),
            data,
            c.settings(c.batch(), Integer.MAX_VALUE, threads),
            new Stopwatch(c.batch()));
  }

  /// Counts steps for as long as the driver asks, and holds the training in between.
  private static final class Stopwatch implements FitListener {
    private final BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    private final OperatingSystemMXBean process =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final int batch;
    private boolean warm;
    private boolean stopped;
    private long start = System.nanoTime();
    private long end = start + (long) (WARM_UP_SECONDS * 1e9);
    private long cpu;
    private long steps;

    private Stopwatch(int batch) {
      this.batch = batch;
    }

    @Override
    public void stepDone(int epoch, int step, int stepsOfEpoch, double loss) {
      steps++;
      long now = System.nanoTime();
      if (now - end < 0) {
        return;
      }
      if (warm) {
        double learned = steps * batch * 1e9;
        System.out.printf(
            Locale.ROOT,
            "RATE %.6g %.6g%n",
            learned / (now - start),
            learned / (process.getProcessCpuTime() - cpu));
      } else {
        System.out.println("READY");
        warm = true;
      }
      await();
    }

    private void await() {
      try {
        String line = in.readLine();
        stopped = line == null;
        double seconds = stopped ? 0 : Double.parseDouble(line.split(" ")[1]);
        steps = 0;
        cpu = process.getProcessCpuTime();
        start = System.nanoTime();
        end = start + (long) (seconds * 1e9);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public boolean stopRequested() {
      return stopped;
    }
  }
}
