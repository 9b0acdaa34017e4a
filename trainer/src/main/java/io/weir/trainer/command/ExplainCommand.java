package io.weir.trainer.command;

import io.weir.detector.Detector;
import io.weir.detector.DetectorRefusedException;
import io.weir.detector.shap.EventExplainer;
import io.weir.detector.shap.ExplanationMethod;
import io.weir.detector.shap.ExplanationPrinter;
import io.weir.detector.shap.UnexplainableException;
import io.weir.schemas.card.Background;
import io.weir.schemas.card.ModelCard;
import io.weir.trainer.config.ConfigException;
import io.weir.trainer.data.Dataset;
import io.weir.trainer.data.ask.DataRequest.Roles;
import io.weir.trainer.data.prepare.Preprocessor;
import io.weir.trainer.publish.BackgroundRows;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `weir explain`: why chosen rows scored what they did.
@Command(
    name = "explain",
    customSynopsis = {
      "weir explain --model FILE --data SOURCE [--rows N,N,... | --top N] [OPTIONS]",
      "       weir explain --model FILE --config FILE (--event TOPIC/PARTITION/OFFSET | --alert"
          + " FILE) [OPTIONS]",
      "       (the second one: weir explain --event x --help)"
    },
    description = {
      "Explains the scores of single rows by Shapley values (kernel SHAP): by how much each feature"
          + " moved the score from that of usual rows, which the model carries with it.",
      "Exact up to 14 features, an estimate above. The sum of the features is the score minus the"
          + " average score of the usual rows."
    },
    footer = {
      "",
      "Examples:",
      "  weir explain --model payments.onnx --data today.csv --top 3",
      "  weir explain --model payments.onnx --data today.csv --rows 17,99 --method reconstruction",
      "  weir explain --model payments.onnx --data today.csv --rows 17 --output json | jq ."
    })
public final class ExplainCommand implements Callable<Integer> {
  private static final int USUAL_ROWS = 50;

  @Option(names = "--model", paramLabel = "FILE", required = true, description = "The model file.")
  private Path model;

  @Mixin private SourceOptions source;
  @Mixin private ArrivalOptions arrivals;

  @ArgGroup private Which which = new Which();

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      defaultValue = "score",
      description = {
        "score (default): what moved the score.",
        "reconstruction: for each of the features that were reconstructed worst, which others made"
            + " the model expect something else (Antwarg et al., arXiv 1903.02407)."
      })
  private ExplanationMethod method;

  @Option(
      names = "--features",
      paramLabel = "N",
      description =
          "How many features are named (default: "
              + ExplanationPrinter.SCORE_FEATURES
              + "; reconstruction: "
              + ExplanationPrinter.WORST_FEATURES
              + ").")
  private Integer features;

  @Option(
      names = "--background",
      paramLabel = "SOURCE",
      description =
          "Usual rows to compare with, as --data names them, instead of those that the model"
              + " carries with it.")
  private String background;

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text (default), or json: one object per row, all features.")
  private OutputFormat output;

  @Spec private CommandSpec spec;

  private static final class Which {
    @Option(
        names = "--rows",
        paramLabel = "N",
        split = ",",
        description = "Numbers of rows in the source, from 0, as weir score prints them.")
    private List<Long> rows;

    @Option(
        names = "--top",
        paramLabel = "N",
        description = "The N rows with the highest scores (default: 1).")
    private Integer top;
  }

  @Override
  public Integer call() throws DetectorRefusedException {
    source.check();
    requirePositive("--top", which.top);
    requirePositive("--features", features);
    PrintWriter messages = spec.commandLine().getErr();
    PrintWriter out = spec.commandLine().getOut();
    try (Detector detector = Detector.open(model)) {
      if (background == null && detector.card().background() == null) {
        throw UnexplainableException.noBackground(detector.origin());
      }
      Dataset rows =
          ModelRows.read(detector, source, arrivals, unlabelled(), "cannot be explained", messages)
              .rows();
      int[] chosen = which.rows == null ? highest(detector, rows) : named(rows);
      try (EventExplainer explainer = explainer(detector, messages)) {
        ExplanationPrinter printer =
            new ExplanationPrinter(
                detector, explainer, method, output == OutputFormat.JSON, features);
        String between = output == OutputFormat.JSON ? "" : System.lineSeparator();
        for (int i = 0; i < chosen.length; i++) {
          long number = rows.rowNumbers()[chosen[i]];
          out.print(i == 0 ? "" : between);
          out.println(
              printer.print("Row " + number, Map.of("row", number), rows.raw().row(chosen[i])));
          out.flush();
        }
      }
    }
    return 0;
  }

  private EventExplainer explainer(Detector detector, PrintWriter messages) {
    if (background == null) {
      return EventExplainer.of(detector);
    }
    ModelCard card = detector.card();
    Dataset usual =
        ModelRows.read(
                detector,
                source.ofFile(background),
                arrivals,
                unlabelled(),
                "are no background",
                messages)
            .rows();
    Preprocessor preprocessor = new Preprocessor(card.features(), card.preprocessing());
    Background chosen =
        BackgroundRows.choose(usual.raw(), preprocessor, USUAL_ROWS, 0)
            .orElseThrow(
                () -> new ConfigException("--background %s has no row".formatted(background)));
    return EventExplainer.of(detector, chosen);
  }

  private int[] highest(Detector detector, Dataset rows) {
    float[] scores = RowScores.of(detector, rows).score();
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparing(row -> -scores[row]))
        .limit(which.top == null ? 1 : which.top)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private int[] named(Dataset rows) {
    return which.rows.stream()
        .mapToInt(
            number -> {
              int at = Arrays.binarySearch(rows.rowNumbers(), number);
              if (at < 0) {
                throw new ConfigException(
                    "--rows %d: not among the %,d rows of %s that have a score; weir score lists them"
                        .formatted(number, rows.rows(), source.name()));
              }
              return at;
            })
        .toArray();
  }

  private static Roles unlabelled() {
    return new Roles(null, null, false, null, null, null);
  }

  private static void requirePositive(String flag, Integer value) {
    if (value != null && value < 1) {
      throw new ConfigException("%s %d: must be at least 1".formatted(flag, value));
    }
  }
}
