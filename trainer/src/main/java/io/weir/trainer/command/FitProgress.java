package io.weir.trainer.command;

import io.weir.trainer.fit.Criterion;
import io.weir.trainer.fit.EpochLoss;
import io.weir.trainer.fit.EpochLoss.Classification;
import io.weir.trainer.fit.FitListener;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// Shows how the training goes: a bar on a terminal; elsewhere plain lines, for every tenth of the
/// epochs and whenever some seconds have passed.
final class FitProgress implements FitListener, AutoCloseable {
  private static final long QUIET_NANOS = 5_000_000_000L;

  private final PrintWriter messages;
  private final int epochs;
  private final BooleanSupplier stop;
  private final ProgressBar bar;
  private long lastLine = System.nanoTime();

  /// @param messages where lines go
  /// @param epochs as many as were asked for
  /// @param stop whether the training shall end
  /// @param terminal whether a bar can be drawn on stderr
  FitProgress(PrintWriter messages, int epochs, BooleanSupplier stop, boolean terminal) {
    this.messages = messages;
    this.epochs = epochs;
    this.stop = stop;
    this.bar =
        terminal
            ? new ProgressBarBuilder()
                .setTaskName("Training")
                .setInitialMax(epochs)
                .setUnit(" epochs", 1)
                .setStyle(ProgressBarStyle.ASCII)
                .build()
            : null;
  }

  @Override
  public void epochDone(EpochLoss loss) {
    if (bar != null) {
      bar.stepTo(loss.epoch());
      bar.setExtraMessage(" " + brief(loss));
      return;
    }
    long now = System.nanoTime();
    int tenth = Math.max(1, epochs / 10);
    boolean due = loss.epoch() == 1 || loss.epoch() % tenth == 0 || loss.epoch() == epochs;
    if (due || now - lastLine > QUIET_NANOS) {
      messages.printf("epoch %d/%d: %s%n", loss.epoch(), epochs, line(loss));
      messages.flush();
      lastLine = now;
    }
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

  private static String brief(EpochLoss loss) {
    String total = "loss %.4g".formatted(loss.deciding(Criterion.LOSS));
    return loss.validationClassification()
        .or(loss::classification)
        .map(c -> "%s, AUC %.4f".formatted(total, c.auc()))
        .orElse(total);
  }

  private static String line(EpochLoss loss) {
    String parts =
        "loss %.6g (reconstruction %.6g, KL divergence %.6g%s)"
            .formatted(
                loss.loss(),
                loss.reconstructionLoss(),
                loss.klDivergence(),
                classification(loss.classification()));
    return Double.isNaN(loss.validationLoss())
        ? parts
        : "%s, validation %.6g%s"
            .formatted(
                parts, loss.validationLoss(), classification(loss.validationClassification()));
  }

  private static String classification(Optional<Classification> measured) {
    return measured
        .map(
            c ->
                ", cross-entropy %.6g, accuracy %.4f, AUC %.4f"
                    .formatted(c.crossEntropy(), c.accuracy(), c.auc()))
        .orElse("");
  }
}
