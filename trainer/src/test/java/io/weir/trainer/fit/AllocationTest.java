package io.weir.trainer.fit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.weir.schemas.features.FeatureSpec;
import io.weir.schemas.features.FeatureSpec.Numeric;
import io.weir.trainer.data.bulk.RowValues;
import io.weir.trainer.data.prepare.Preprocessor;
import io.weir.trainer.data.prepare.Treatment;
import io.weir.trainer.engine.layer.Activation;
import io.weir.trainer.engine.network.NetworkSpec;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.loss.Reconstruction;
import io.weir.trainer.fit.loss.Reduction;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// In a process of its own, like every training: what ran before decides what the compiler inlines.
class AllocationTest {
  private static final int WINDOW = 200;

  @ParameterizedTest
  @ValueSource(strings = {"vae", "blocks", "autoencoder", "lstm"})
  void aTrainingStepAllocatesNothing(String network) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                network)
            .redirectErrorStream(true)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    assertThat(text).contains("bytes in %d steps: 0\n".formatted(WINDOW));
  }

  /// Trains and prints what the quietest window of steps allocated: until a kernel is compiled it
  /// boxes its vectors.
  static final class Main {
    private Main() {}

    public static void main(String[] args) {
      Quietest quietest = new Quietest();
      TrainingRows rows = Toys.rows(16_000, 9, 1);
      FitSettings settings = Toys.settings(16, 1000, 0, 1, 1);
      switch (args[0]) {
        case "vae" -> new Fit().run(Toys.vae(9, 20, 3), Toys.MSE, rows, settings, quietest);
        case "blocks" ->
            new Fit().run(Toys.vae(9, 20, 3), Toys.MSE, inBlocks(rows), settings, quietest);
        case "lstm" -> new Fit().run(Toys.lstmVae(3, 3), Toys.MSE, rows, settings, quietest);
        default -> {
          Activation sigmoid = new Activation.Sigmoid();
          NetworkSpec spec =
              new NetworkSpec.Autoencoder(
                  List.of(Toys.dense(9, 20, new Activation.Tanh()), Toys.dense(20, 3, sigmoid)),
                  List.of(Toys.dense(3, 20, new Activation.Relu()), Toys.dense(20, 9, sigmoid)));
          Objective bce = new Objective(Reconstruction.BCE, Reduction.SUM, 0, Reduction.SUM);
          new Fit().run(spec, bce, rows, settings, quietest);
        }
      }
      System.out.printf("bytes in %d steps: %d%n", WINDOW, quietest.bytes);
    }
  }

  /// Two groups of blocks: one is read while the other trains.
  private static TrainingRows inBlocks(TrainingRows rows) {
    List<FeatureSpec> features = new ArrayList<>();
    for (int i = 0; i < rows.columns(); i++) {
      features.add(new Numeric("x" + i, "x" + i, false));
    }
    List<Treatment> treatments = Collections.nCopies(rows.columns(), Treatment.NONE);
    RowValues raw = RowValues.of(rows.inputs(), rows.columns());
    Preprocessor preprocessor = Preprocessor.fit(features, treatments, raw);
    return new TrainingRows(new InputRows.InBlocks(raw, preprocessor, 2048, 4), null, null);
  }

  private static final class Quietest implements FitListener {
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private long bytes = Long.MAX_VALUE;
    private long before;

    @Override
    public void stepDone(int epoch, int step, int steps, double loss) {
      if (step % WINDOW == 0) {
        long now = threads.getCurrentThreadAllocatedBytes();
        if (step > WINDOW) {
          bytes = Math.min(bytes, now - before);
        }
        before = threads.getCurrentThreadAllocatedBytes();
      }
    }

    @Override
    public boolean stopRequested() {
      return bytes == 0;
    }
  }
}
