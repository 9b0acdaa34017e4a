package io.weir.trainer.command;

import io.weir.detector.Detector;
import io.weir.detector.DetectorRefusedException;
import io.weir.schemas.card.ModelCard.Threshold;
import io.weir.trainer.config.ConfigException;
import io.weir.trainer.data.Dataset;
import io.weir.trainer.data.ask.DataRequest.Roles;
import io.weir.trainer.measure.Ranking;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `weir evaluate`: what a model makes of rows whose truth is known.
@Command(
    name = "evaluate",
    customSynopsis = "weir evaluate --model FILE --data SOURCE --label COLUMN [OPTIONS]",
    description = {
      "Measures a model on labelled rows: AUROC and AUPRC of its score, precision and recall at its"
          + " threshold, and the best F1 that any threshold reaches on these rows.",
      "A window of several events has the label of its last event.",
      "Finds the model's features by name and ignores all other columns."
    },
    footer = {
      "",
      "Examples:",
      "  weir evaluate --model payments.onnx --data payments.csv --label fraud",
      "  weir evaluate --model shuttle.onnx --data shuttle.csv.gz --label label --split 0.7"
          + " --output json"
    })
public final class EvaluateCommand implements Callable<Integer> {
  @Option(names = "--model", paramLabel = "FILE", required = true, description = "The model file.")
  private Path model;

  @Mixin private SourceOptions source;
  @Mixin private ArrivalOptions arrivals;

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      required = true,
      description = "Tells anomalies (1, true) from normal rows (0, false).")
  private String label;

  @Option(
      names = "--normal-label",
      paramLabel = "VALUE",
      description = "The label of normal rows, where it is not 0; every other one is an anomaly.")
  private String normalLabel;

  @Option(
      names = "--threshold",
      paramLabel = "SCORE",
      description = "Scores above it are flagged (default: the card's first threshold).")
  private Double threshold;

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text (default) or json.")
  private OutputFormat output;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws DetectorRefusedException {
    long started = System.nanoTime();
    if (threshold != null && !Double.isFinite(threshold)) {
      throw new ConfigException("--threshold %s: a finite number is needed".formatted(threshold));
    }
    source.check();
    try (Detector detector = Detector.open(model)) {
      Roles labels = new Roles(label, normalLabel, false, null, null, null);
      PrintWriter messages = spec.commandLine().getErr();
      ModelRows read = ModelRows.read(detector, source, arrivals, labels, "do not count", messages);
      Dataset rows = read.rows();
      RowScores scores = RowScores.of(detector, rows);
      Ranking ranking = Ranking.of(scores.score(), rows.labels());
      double seconds = (System.nanoTime() - started) / 1e9;
      Evaluation evaluation =
          Evaluation.of(
              detector, model.toString(), ranking, threshold(detector), read.without(), seconds);
      PrintWriter out = spec.commandLine().getOut();
      switch (output) {
        case TEXT -> out.println(evaluation.text());
        case JSON -> out.println(JsonText.snakeCase(evaluation));
      }
    }
    return 0;
  }

  private Threshold threshold(Detector detector) {
    return threshold == null
        ? detector.card().thresholds().getFirst()
        : new Threshold("value:" + threshold, threshold);
  }
}
