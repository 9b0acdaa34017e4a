package io.weir.streams.command;

import io.weir.streams.config.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `verify`: receipts.
@Command(
    name = "verify",
    description =
        "Compute the scores of alerts again, from the events that the brokers hold and the models"
            + " by their SHA-256: the same bits, or what is missing or different.",
    footer = {
      "",
      "One line per alert: VERIFIED, DIFFERS or CANNOT, with the reasons. Give the",
      "settings of the processor that made the alerts: its registry, its",
      "weir.input.reader.schema, its model.",
      "",
      "Exit code: 0 if every alert is verified, 1 if one is not or there is none,",
      "2 for wrong options or settings."
    },
    sortOptions = false)
public final class VerifyCommand implements Callable<Integer> {
  private final Runner runner;

  @Parameters(
      paramLabel = "ALERT",
      arity = "0..*",
      description =
          "A file with alerts as lines of JSON, as 'weir alerts --output json' prints; - for stdin;"
              + " or the JSON of one alert itself.")
  private List<String> alerts = List.of();

  @Option(names = "--all", description = "Every alert of the alerts topic.")
  private boolean all;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "The alert with this id, looked for in the alerts topic. May be repeated.")
  private List<String> ids = List.of();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = InstantOption.class,
      description =
          "With --all and --id: from the first alert on whose event is not older, such as"
              + " 2026-01-31T08:00:00Z or 2h.")
  private Instant since;

  @Option(names = "--limit", paramLabel = "N", description = "With --all: so many alerts at most.")
  private Long limit;

  @Option(
      names = {"-m", "--model"},
      paramLabel = "FILE",
      description = "A published model, beside weir.model.file. May be repeated.")
  private List<Path> models = List.of();

  @Option(
      names = "--models",
      paramLabel = "DIR",
      description = "A folder whose .onnx files are looked at. May be repeated.")
  private List<Path> folders = List.of();

  @Option(
      names = "--max-scan",
      paramLabel = "N",
      defaultValue = "1000000",
      description =
          "How many offsets before an event the earlier events of its window are looked for."
              + " Default: ${DEFAULT-VALUE}.")
  private long scanMax;

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or json, a line per alert. Default: ${DEFAULT-VALUE}.")
  private Format format;

  @Mixin private SettingOptions options;

  @Spec private CommandSpec spec;

  /// @param runner verifies
  public VerifyCommand(Runner runner) {
    this.runner = runner;
  }

  /// What is verified with what.
  ///
  /// @param alerts files, `-` for stdin, or alerts; empty for those of the alerts topic
  /// @param ids of the alerts topic's alerts; all of them, if empty
  /// @param limit most alerts of the alerts topic
  /// @param models files that must be there
  /// @param folders with models
  /// @param scanMax how many offsets before an event its window is looked for
  /// @param json whether the lines are JSON
  public record Request(
      List<String> alerts,
      List<String> ids,
      Optional<Instant> since,
      long limit,
      List<Path> models,
      List<Path> folders,
      long scanMax,
      boolean json) {
    public Request {
      alerts = List.copyOf(alerts);
      ids = List.copyOf(ids);
      models = List.copyOf(models);
      folders = List.copyOf(folders);
    }
  }

  /// Verifies.
  @FunctionalInterface
  public interface Runner {
    /// @param out receives a line per alert
    /// @param err receives what else is to say
    /// @return the exit code
    int run(Settings settings, Request request, PrintWriter out, PrintWriter err);
  }

  private enum Format {
    text,
    json
  }

  @Override
  public Integer call() {
    int sources = (alerts.isEmpty() ? 0 : 1) + (all ? 1 : 0) + (ids.isEmpty() ? 0 : 1);
    refuseIf(sources != 1, "Name alerts (files, - or JSON), or --all, or --id: one of the three");
    refuseIf(
        !alerts.isEmpty() && (since != null || limit != null),
        "--since and --limit are for the alerts topic: use them with --all or --id");
    refuseIf(limit != null && limit < 1, "--limit " + limit + ": it must be at least 1");
    refuseIf(scanMax < 1, "--max-scan " + scanMax + ": it must be at least 1");
    Request request =
        new Request(
            alerts,
            ids,
            Optional.ofNullable(since),
            limit == null ? Long.MAX_VALUE : limit,
            models,
            folders,
            scanMax,
            format == Format.json);
    PrintWriter err = spec.commandLine().getErr();
    Optional<Settings> settings = options.settings(err);
    return settings.isEmpty()
        ? CommandLine.ExitCode.USAGE
        : runner.run(settings.get(), request, spec.commandLine().getOut(), err);
  }

  private void refuseIf(boolean wrong, String message) {
    if (wrong) {
      throw new CommandLine.ParameterException(spec.commandLine(), message);
    }
  }
}
