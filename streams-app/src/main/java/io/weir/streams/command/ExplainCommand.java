package io.weir.streams.command;

import io.weir.detector.shap.ExplanationMethod;
import io.weir.detector.shap.ExplanationPrinter;
import io.weir.streams.config.SettingSources;
import io.weir.streams.config.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `explain`: why events of a topic scored what they did.
@Command(
    name = "explain",
    description =
        "Explain the scores of events that the brokers still hold by Shapley values (kernel SHAP):"
            + " by how much each feature moved the score from that of usual events, which the model"
            + " carries with it. Rows of a file: weir explain --data.",
    footer = {
      "",
      "Settings are those of the processor (docs/configuration.md): its brokers, its registry, its",
      "model unless --model names another one.",
      "",
      "Exit code: 0 if every event is explained, 1 if one is not, 2 for wrong options or settings."
    },
    sortOptions = false)
public final class ExplainCommand implements Callable<Integer> {
  private final Runner runner;

  @Option(
      names = {"-m", "--model"},
      paramLabel = "FILE",
      description = "The model; stronger than weir.model.file.")
  private Path model;

  @ArgGroup(multiplicity = "1")
  private Which which;

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
      names = "--output",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text, or json: one object per event. Default: ${DEFAULT-VALUE}.")
  private Format output;

  @Mixin private SettingOptions options;

  @Spec private CommandSpec spec;

  /// @param runner does it
  public ExplainCommand(Runner runner) {
    this.runner = runner;
  }

  /// Explains.
  @FunctionalInterface
  public interface Runner {
    /// @param out receives the explanations
    /// @param err is told why there is none
    /// @return the exit code
    int run(Settings settings, Request request, PrintWriter out, PrintWriter err);
  }

  /// What is asked for.
  ///
  /// @param events coordinates, such as `payments/0/1234`
  /// @param alerts one JSON object each
  /// @param features how many are named, null for the default
  public record Request(
      List<String> events,
      List<String> alerts,
      ExplanationMethod method,
      Integer features,
      boolean json) {}

  private static final class Which {
    @Option(
        names = "--event",
        paramLabel = "TOPIC/PARTITION/OFFSET",
        split = ",",
        description = "An event by its coordinates. May be repeated.")
    private List<String> events;

    @Option(
        names = "--alert",
        paramLabel = "FILE",
        description =
            "Alerts as lines of JSON, as weir alerts --output json prints them; - for stdin.")
    private Path alerts;
  }

  private enum Format {
    text,
    json
  }

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    if (features != null && features < 1) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--features " + features + ": must be at least 1");
    }
    List<String> alerts = which.alerts == null ? List.of() : alerts(which.alerts);
    Map<String, String> own =
        model == null ? Map.of() : Map.of("weir.model.file", model.toString());
    Optional<Settings> settings =
        options.checked((SettingSources sources) -> sources.flags(own).settings(), err);
    if (settings.isEmpty()) {
      return CommandLine.ExitCode.USAGE;
    }
    Request request =
        new Request(
            which.events == null ? List.of() : List.copyOf(which.events),
            alerts,
            method,
            features,
            output == Format.json);
    return runner.run(settings.get(), request, spec.commandLine().getOut(), err);
  }

  private List<String> alerts(Path from) {
    try (BufferedReader reader =
        from.toString().equals("-")
            ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
            : Files.newBufferedReader(from)) {
      List<String> lines = reader.lines().filter(line -> !line.isBlank()).toList();
      if (lines.isEmpty()) {
        throw new CommandLine.ParameterException(
            spec.commandLine(), "--alert " + from + " has no line: an alert is expected on each");
      }
      return lines;
    } catch (IOException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "--alert %s cannot be read: %s"
              .formatted(from, e instanceof NoSuchFileException ? "there is no such file" : e),
          e);
    }
  }
}
