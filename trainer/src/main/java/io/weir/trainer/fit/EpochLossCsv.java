package io.weir.trainer.fit;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The history of a training as CSV, one line per epoch; empty fields without validation.
public final class EpochLossCsv {
  public static final String HEADER =
      "epoch,loss,reconstruction_loss,kl_divergence,"
          + "validation_loss,validation_reconstruction_loss,validation_kl_divergence,seconds";

  private EpochLossCsv() {}

  /// Writes header and history, replacing the file.
  public static void write(List<EpochLoss> history, Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      write(history, out);
    }
  }

  /// Writes header and history; numbers read back to the same bits.
  public static void write(List<EpochLoss> history, Appendable out) throws IOException {
    out.append(HEADER).append('\n');
    for (EpochLoss e : history) {
      out.append(Integer.toString(e.epoch())).append(',').append(number(e.loss())).append(',');
      out.append(number(e.reconstructionLoss())).append(',').append(number(e.klDivergence()));
      out.append(',').append(number(e.validationLoss())).append(',');
      out.append(number(e.validationReconstructionLoss())).append(',');
      out.append(number(e.validationKlDivergence())).append(',').append(number(e.seconds()));
      out.append('\n');
    }
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : Double.toString(value);
  }
}
