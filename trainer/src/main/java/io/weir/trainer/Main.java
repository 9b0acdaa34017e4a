package io.weir.trainer;

import io.weir.schemas.BuildInfo;
import io.weir.trainer.command.EvaluateCommand;
import io.weir.trainer.command.ExperimentCommand;
import io.weir.trainer.command.ExplainCommand;
import io.weir.trainer.command.Failures;
import io.weir.trainer.command.InspectCommand;
import io.weir.trainer.command.PresetsCommand;
import io.weir.trainer.command.ScoreCommand;
import io.weir.trainer.command.TrainCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The trainer's commands. Data go to stdout, messages to stderr; exit code 0 is success, 1
/// failure, 2 wrong usage.
@Command(
    name = "weir",
    description = "Learns from rows what normal looks like, and publishes it as one ONNX file.",
    subcommands = {
      TrainCommand.class,
      EvaluateCommand.class,
      ExperimentCommand.class,
      ScoreCommand.class,
      ExplainCommand.class,
      InspectCommand.class,
      PresetsCommand.class
    },
    versionProvider = Main.Version.class,
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    usageHelpWidth = 110)
public final class Main {
  private static final String VERBOSE = "--verbose";
  private static final String LOG_CONFIGURATION = "log4j2.configurationFile";

  @Option(
      names = VERBOSE,
      scope = ScopeType.INHERIT,
      description = "Tell more: which kernels run and why, what ONNX Runtime opened, ...")
  private boolean verbose;

  private Main() {}

  /// Runs one command and ends the process with its exit code.
  public static void main(String[] args) {
    configureLogging(args);
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int exit = run(out, err, args);
    System.exit(exit);
  }

  /// Runs one command within this process.
  ///
  /// @param out for data, flushed at the end
  /// @param err for messages
  /// @return the exit code
  public static int run(PrintWriter out, PrintWriter err, String... args) {
    CommandLine command =
        new CommandLine(new Main())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setOut(out)
            .setErr(err)
            .setParameterExceptionHandler(Failures::wrongUsage)
            .setExecutionExceptionHandler(Failures::failed);
    try {
      return command.execute(args);
    } finally {
      out.flush();
      err.flush();
    }
  }

  /// Before the first logger is made: a configuration of our own, unless another one was chosen.
  private static void configureLogging(String[] args) {
    if (System.getProperty(LOG_CONFIGURATION) == null) {
      System.setProperty(LOG_CONFIGURATION, "classpath:io/weir/trainer/log4j2.xml");
    }
    if (Arrays.asList(args).contains(VERBOSE)) {
      System.setProperty("weir.log.level", "debug");
      System.setProperty("weir.client.log.level", "warn");
    }
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"Weir " + BuildInfo.current()};
    }
  }
}
