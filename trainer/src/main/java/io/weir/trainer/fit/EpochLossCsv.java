package io.weir.trainer.fit;

import io.weir.trainer.fit.EpochLoss.Classification;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The history of a training as CSV, one line per epoch; empty fields without validation. Networks
/// with a classifier have six more columns.
public final class EpochLossCsv {
  public static final String HEADER =
      "epoch,loss,reconstruction_loss,kl_divergence,"
          + "validation_loss,validation_reconstruction_loss,validation_kl_divergence,seconds";

  private static final String CLASSIFICATION =
      ",cross_entropy,accuracy,auc,validation_cross_entropy,validation_accuracy,validation_auc";

  private EpochLossCsv() {}

  /// Writes header and history, replacing the file.
  public static void write(List<EpochLoss> history, Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      write(history, out);
    }
  }

  /// Writes header and history; numbers read back to the same bits.
  public static void write(List<EpochLoss> history, Appendable out) throws IOException {
    boolean classified = history.stream().anyMatch(e -> e.classification().isPresent());
    out.append(HEADER).append(classified ? CLASSIFICATION : "").append('\n');
    for (EpochLoss e : history) {
      out.append(Integer.toString(e.epoch()));
      append(out, e.loss(), e.reconstructionLoss(), e.klDivergence());
      append(out, e.validationLoss(), e.validationReconstructionLoss());
      append(out, e.validationKlDivergence(), e.seconds());
      if (classified) {
        append(out, e.classification());
        append(out, e.validationClassification());
      }
      out.append('\n');
    }
  }

  private static void append(Appendable out, Optional<Classification> c) throws IOException {
    append(
        out,
        c.map(Classification::crossEntropy).orElse(Double.NaN),
        c.map(Classification::accuracy).orElse(Double.NaN),
        c.map(Classification::auc).orElse(Double.NaN));
  }

  private static void append(Appendable out, double... values) throws IOException {
    for (double value : values) {
      out.append(',').append(Double.isNaN(value) ? "" : Double.toString(value));
    }
  }
}
