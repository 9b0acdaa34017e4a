package io.weir.trainer.command;

import io.weir.detector.Detector;
import io.weir.detector.DetectorRefusedException;
import io.weir.trainer.data.Dataset;
import io.weir.trainer.data.ask.DataRequest.Roles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `weir score`: one CSV line per row, with the same bits that the stream writes for the same
/// values.
@Command(
    name = "score",
    customSynopsis = "weir score --model FILE --data SOURCE [OPTIONS]",
    description = {
      "Scores rows: one CSV line per row, with its number in the source (from 0, filters not"
          + " counted).",
      "Finds the model's features by name and ignores all other columns.",
      "A model of windows scores each row with those of its key before it; a row without enough of"
          + " them gets no line."
    },
    footer = {
      "",
      "Examples:",
      "  weir score --model payments.onnx --data today.parquet > scores.csv",
      "  weir score --model payments.onnx --data today.csv --where \"country = 'NO'\" | sort -t,"
          + " -k2gr | head"
    })
public final class ScoreCommand implements Callable<Integer> {
  /// The first line of the output.
  static final String HEADER = "row,score,reconstruction_loss,kl_divergence";

  @Option(names = "--model", paramLabel = "FILE", required = true, description = "The model file.")
  private Path model;

  @Mixin private SourceOptions source;
  @Mixin private ArrivalOptions arrivals;

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      description = "With --split: tells anomalies (1, true) from normal rows (0, false).")
  private String label;

  @Option(
      names = "--normal-label",
      paramLabel = "VALUE",
      description = "The label of normal rows, where it is not 0.")
  private String normalLabel;

  @Option(names = "--out", paramLabel = "FILE", description = "Instead of stdout.")
  private Path out;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws DetectorRefusedException, IOException {
    source.check();
    try (Detector detector = Detector.open(model)) {
      Roles labels = new Roles(label, normalLabel, false, null, null, null);
      PrintWriter messages = spec.commandLine().getErr();
      Dataset rows =
          ModelRows.read(detector, source, arrivals, labels, "get no line", messages).rows();
      RowScores scores = RowScores.of(detector, rows);
      if (out == null) {
        write(rows, scores, spec.commandLine().getOut());
      } else {
        try (PrintWriter file = new PrintWriter(Files.newBufferedWriter(out))) {
          write(rows, scores, file);
          if (file.checkError()) {
            throw new IOException("%s could not be written to its end".formatted(out));
          }
        }
      }
    }
    return 0;
  }

  /// Floats in their shortest form that reads back to the same bits.
  private static void write(Dataset rows, RowScores scores, PrintWriter to) {
    StringBuilder line = new StringBuilder(HEADER);
    to.append(line.append('\n'));
    for (int i = 0; i < rows.rows(); i++) {
      line.setLength(0);
      line.append(rows.rowNumbers()[i]);
      line.append(',').append(scores.score()[i]);
      line.append(',').append(scores.reconstructionLoss()[i]);
      line.append(',').append(scores.klDivergence()[i]);
      to.append(line.append('\n'));
    }
    to.flush();
  }
}
