package io.weir.trainer.command;

import io.weir.trainer.config.Variant;
import io.weir.trainer.fit.Criterion;
import io.weir.trainer.fit.EpochLoss;
import io.weir.trainer.grid.ExperimentListener;
import io.weir.trainer.grid.FoldScore;
import io.weir.trainer.grid.FoldScore.Outcome;
import io.weir.trainer.grid.Metric;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// Shows how an experiment goes: a line for every training that is done and, on a terminal, a bar
/// over all of them; elsewhere a line now and then within a long training.
final class ExperimentProgress implements ExperimentListener, AutoCloseable {
  private static final long QUIET_NANOS = 10_000_000_000L;

  private final PrintWriter messages;
  private final int trainings;
  private final int doneBefore;
  private final BooleanSupplier stop;
  private final ProgressBar bar;
  private final long started = System.nanoTime();
  private long trainingStarted;
  private long lastLine;
  private int done;
  private String name;

  /// @param trainings in all
  /// @param done of them, by earlier calls
  /// @param stop whether the experiment shall end
  /// @param terminal whether a bar can be drawn on stderr
  ExperimentProgress(
      PrintWriter messages, int trainings, int done, BooleanSupplier stop, boolean terminal) {
    this.messages = messages;
    this.trainings = trainings;
    this.doneBefore = done;
    this.done = done;
    this.stop = stop;
    this.bar =
        terminal
            ? new ProgressBarBuilder()
                .setTaskName("Trainings")
                .setInitialMax(trainings)
                .startsFrom(done, Duration.ZERO)
                .setStyle(ProgressBarStyle.ASCII)
                .build()
            : null;
  }

  @Override
  public void trainingStarted(Variant variant, int fold) {
    name = "%s, fold %d".formatted(variant, fold);
    trainingStarted = System.nanoTime();
    lastLine = trainingStarted;
    if (bar != null) {
      bar.setExtraMessage(" fold " + fold);
    }
  }

  @Override
  public void epochDone(EpochLoss loss) {
    long now = System.nanoTime();
    double deciding = loss.deciding(Criterion.LOSS);
    if (bar != null) {
      bar.setExtraMessage(" epoch %d, loss %.4g".formatted(loss.epoch(), deciding));
    } else if (now - lastLine > QUIET_NANOS) {
      print("  %s: epoch %d, validation loss %.6g".formatted(name, loss.epoch(), deciding));
      lastLine = now;
    }
  }

  @Override
  public void trainingDone(Variant variant, FoldScore score) {
    done++;
    long now = System.nanoTime();
    String result =
        score.outcome() == Outcome.DIVERGED
            ? "diverged"
            : "validation loss %.6g, MSE %.6g"
                .formatted(score.validation().get(Metric.LOSS), score.validation().get(Metric.MSE));
    if (bar != null) {
      bar.stepTo(done);
      return;
    }
    double perTraining = (now - started) / 1e9 / (done - doneBefore);
    print(
        "%d/%d %s: %s (%.1f s%s)"
            .formatted(
                done,
                trainings,
                name,
                result,
                (now - trainingStarted) / 1e9,
                left(perTraining * (trainings - done))));
  }

  private static String left(double seconds) {
    if (seconds < 1) {
      return "";
    }
    return seconds < 120
        ? ", about %.0f s left".formatted(seconds)
        : ", about %.0f min left".formatted(seconds / 60);
  }

  private void print(String line) {
    messages.println(line);
    messages.flush();
  }

  @Override
  public boolean stopRequested() {
    return stop.getAsBoolean();
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
