package io.weir.streams.command;

import io.weir.streams.config.InvalidSettingsException;
import io.weir.streams.config.SettingSources;
import io.weir.streams.config.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description =
          "Settings, a .properties file in UTF-8. Given several times, a later file wins.")
  private Path[] files = {};

  @Option(
      names = {"-p", "--property"},
      paramLabel = "KEY=VALUE",
      description = "One setting, stronger than file and environment. May be repeated.")
  private Map<String, String> properties = new LinkedHashMap<>();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Spec private CommandSpec spec;

  private RunCommand(ToIntFunction<Settings> runner) {
    this.runner = runner;
  }

  /// The command line with its commands.
  ///
  /// @param runner runs the processor and returns the exit code
  public static CommandLine commandLine(ToIntFunction<Settings> runner) {
    CommandLine weir = new CommandLine(CommandSpec.create().name("weir"));
    weir.addSubcommand(new CommandLine(new RunCommand(runner)));
    weir.addSubcommand(new CommandLine(new GpuCheckCommand()));
    return weir;
  }

  @Override
  public Integer call() {
    SettingSources sources = new SettingSources();
    for (Path file : files) {
      sources.file(file);
    }
    Settings settings;
    try {
      settings = sources.environment(System.getenv()).flags(properties).settings();
    } catch (InvalidSettingsException e) {
      PrintWriter err = spec.commandLine().getErr();
      err.println("The settings cannot be run with:");
      e.problems().forEach(problem -> err.println("  - " + problem));
      return CommandLine.ExitCode.USAGE;
    }
    return runner.applyAsInt(settings);
  }
}
