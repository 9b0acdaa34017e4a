package io.weir.streams.command;

import io.weir.streams.config.Settings;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `topics`: what the settings need on the brokers.
@Command(
    name = "topics",
    description =
        "List every topic that the settings need, and whether it is there as needed; create the"
            + " missing output topics.",
    footer = {
      "",
      "A topic that is there is never changed. Output topics get as many partitions as the largest",
      "input topic and the brokers' default replication.",
      "",
      "Exit code: 0 if every topic is there, 1 if one is missing or the brokers refuse,",
      "2 for wrong options or settings."
    })
public final class TopicsCommand implements Callable<Integer> {
  private final Runner runner;

  @Mixin private SettingOptions options;

  @ArgGroup private Action action = new Action();

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or json. Default: ${DEFAULT-VALUE}.")
  private Format format;

  @Spec private CommandSpec spec;

  /// @param runner does it
  public TopicsCommand(Runner runner) {
    this.runner = runner;
  }

  /// Plans or creates.
  @FunctionalInterface
  public interface Runner {
    /// @param create whether missing output topics are created
    /// @param json whether the plan is written as JSON
    /// @param out receives the plan
    /// @return the exit code
    int run(Settings settings, boolean create, boolean json, PrintWriter out);
  }

  private static final class Action {
    @Option(names = "--plan", description = "Only look. The default.")
    private boolean plan;

    @Option(names = "--create", description = "Create the output topics that are missing.")
    private boolean create;
  }

  private enum Format {
    text,
    json
  }

  @Override
  public Integer call() {
    Optional<Settings> settings = options.settings(spec.commandLine().getErr());
    return settings.isEmpty()
        ? CommandLine.ExitCode.USAGE
        : runner.run(
            settings.get(), action.create, format == Format.json, spec.commandLine().getOut());
  }
}
