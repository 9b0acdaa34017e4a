package io.weir.trainer.command;

import io.weir.detector.Detector;
import io.weir.detector.DetectorRefusedException;
import io.weir.schemas.card.ModelCard;
import io.weir.trainer.report.CardReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `weir inspect`: the card of a model file, after its golden vectors reproduced here.
@Command(
    name = "inspect",
    customSynopsis = "weir inspect --model FILE [--output FORMAT]",
    description =
        "Shows the card of a model file, once its golden vectors reproduce on this machine.",
    footer = {
      "",
      "Examples:",
      "  weir inspect --model payments.onnx",
      "  weir inspect --model payments.onnx --output json | jq .card.thresholds"
    })
public final class InspectCommand implements Callable<Integer> {
  /// What `--output json` prints.
  private record Inspection(String model, String sha256, ModelCard card) {}

  @Option(names = "--model", paramLabel = "FILE", required = true, description = "The model file.")
  private Path model;

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text (default) or json.")
  private OutputFormat output;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws DetectorRefusedException {
    PrintWriter out = spec.commandLine().getOut();
    try (Detector detector = Detector.open(model)) {
      switch (output) {
        case TEXT ->
            out.println(CardReport.of(detector.card(), model.toString(), detector.sha256()));
        case JSON ->
            out.println(
                JsonText.of(new Inspection(model.toString(), detector.sha256(), detector.card())));
      }
    }
    return 0;
  }
}
