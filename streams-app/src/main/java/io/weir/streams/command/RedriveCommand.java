package io.weir.streams.command;

import io.weir.streams.config.Settings;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `redrive`: dead letters back to their topics.
@Command(
    name = "redrive",
    description =
        "Send the records of the dead-letter topic back to the topic and partition that they came"
            + " from, after what they failed for was mended. Without --execute, only count them.",
    footer = {
      "",
      "Each is redriven once, whatever is killed or repeated: what is done is kept in",
      "the offsets of the group weir-redrive-<dead-letter topic>, which the brokers forget",
      "offsets.retention.minutes (7 days) after the last run. One that fails again becomes",
      "a new dead letter.",
      "",
      "Exit code: 0 if it was done, 1 if not, 2 for wrong options or settings."
    },
    sortOptions = false)
public final class RedriveCommand implements Callable<Integer> {
  private final Runner runner;

  @Option(names = "--execute", description = "Do it.")
  private boolean execute;

  @Option(names = "--dry-run", description = "Only count, by topic and reason. The default.")
  private boolean dryRun;

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description = "Only dead letters of this input topic. May be repeated.")
  private List<String> topics = List.of();

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      description = "Only those with this reason, such as MISSING_VALUE. May be repeated.")
  private List<String> reasons = List.of();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = InstantOption.class,
      description =
          "In each partition, only from the first on whose event is not older, such as"
              + " 2026-01-31T08:00:00Z or 2h.")
  private Instant since;

  @Option(
      names = "--from-oldest",
      description =
          "With --execute: begin with the oldest dead letter where the brokers know of no earlier"
              + " redrive. For the first one, and for one after offsets.retention.minutes (7 days):"
              + " then --since must leave those that were redriven.")
  private boolean fromOldest;

  @Option(names = "--limit", paramLabel = "N", description = "So many at most.")
  private Long limit;

  @Option(
      names = "--max-attempts",
      paramLabel = "N",
      defaultValue = "3",
      description = "Leave those that were redriven so often already. Default: ${DEFAULT-VALUE}.")
  private int attemptsMax;

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or json. Default: ${DEFAULT-VALUE}.")
  private Format format;

  @Mixin private SettingOptions options;

  @Spec private CommandSpec spec;

  /// @param runner redrives
  public RedriveCommand(Runner runner) {
    this.runner = runner;
  }

  /// What is redriven.
  ///
  /// @param execute whether it is done
  /// @param topics those of these input topics, all if empty
  /// @param reasons those with these reasons, all if empty
  /// @param limit at most so many
  /// @param attemptsMax those that were redriven less often
  /// @param fromOldest whether to begin where no earlier redrive is known
  /// @param json whether the account is written as JSON
  public record Request(
      boolean execute,
      List<String> topics,
      List<String> reasons,
      Optional<Instant> since,
      long limit,
      int attemptsMax,
      boolean fromOldest,
      boolean json) {
    public Request {
      topics = List.copyOf(topics);
      reasons = List.copyOf(reasons);
    }
  }

  /// Redrives.
  @FunctionalInterface
  public interface Runner {
    /// @param out receives the account
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
    refuseIf(execute && dryRun, "--execute and --dry-run: choose one of them");
    refuseIf(limit != null && limit < 1, "--limit " + limit + ": it must be at least 1");
    refuseIf(attemptsMax < 1, "--max-attempts " + attemptsMax + ": it must be at least 1");
    Request request =
        new Request(
            execute,
            topics,
            reasons,
            Optional.ofNullable(since),
            limit == null ? Long.MAX_VALUE : limit,
            attemptsMax,
            fromOldest,
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
