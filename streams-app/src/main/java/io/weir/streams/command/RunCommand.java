package io.weir.streams.command;

import io.weir.streams.config.Settings;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `run`: settings from everywhere, checked, then the processor.
@Command(
    name = "run",
    description =
        "Score every event of the input topics the moment it arrives, and write the anomalous ones"
            + " to the alerts topic.",
    footer = {
      "",
      "Settings: docs/configuration.md. Needed at least: application.id, bootstrap.servers,",
      "weir.input.topics, weir.model.file, weir.schema.registry.url. An environment variable sets",
      "one too: WEIR_ALERTS_TOPIC sets weir.alerts.topic, WEIR_KAFKA_BOOTSTRAP_SERVERS sets",
      "bootstrap.servers.",
      "",
      "Exit code: 0 after an orderly end (SIGTERM, Ctrl-C), 1 if it failed or could not start,",
      "2 for wrong options or settings."
    })
public final class RunCommand implements Callable<Integer> {
  private final ToIntFunction<Settings> runner;

  @Mixin private SettingOptions options;

  @Spec private CommandSpec spec;

  private RunCommand(ToIntFunction<Settings> runner) {
    this.runner = runner;
  }

  /// The command line with its commands.
  ///
  /// @param runner runs the processor and returns the exit code
  /// @param topics plans or creates topics
  /// @param replay replays
  public static CommandLine commandLine(
      ToIntFunction<Settings> runner, TopicsCommand.Runner topics, ReplayCommand.Runner replay) {
    CommandLine weir = new CommandLine(CommandSpec.create().name("weir"));
    weir.addSubcommand(new CommandLine(new RunCommand(runner)));
    weir.addSubcommand(new CommandLine(new TopicsCommand(topics)));
    weir.addSubcommand(new CommandLine(new ReplayCommand(replay)));
    weir.addSubcommand(new CommandLine(new GpuCheckCommand()));
    return weir;
  }

  @Override
  public Integer call() {
    Optional<Settings> settings = options.settings(spec.commandLine().getErr());
    return settings.isEmpty() ? CommandLine.ExitCode.USAGE : runner.applyAsInt(settings.get());
  }
}
