package io.weir.streams.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `report`: the HTML report of a replay, made again.
@Command(
    name = "report",
    description =
        "Write report.html from the result.json in a replay's folder, as ./weir replay does at its"
            + " end: one file that opens without a network.",
    footer = {"", "Exit code: 0 if it is written, 1 if not, 2 for wrong options."})
public final class ReportCommand implements Callable<Integer> {
  private final Runner runner;

  @Parameters(paramLabel = "DIR", description = "The folder of a replay.")
  private Path folder;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Spec private CommandSpec spec;

  /// @param runner writes it
  public ReportCommand(Runner runner) {
    this.runner = runner;
  }

  /// Writes the report.
  @FunctionalInterface
  public interface Runner {
    /// @param out receives the file's path
    /// @param err receives what went wrong
    /// @return the exit code
    int run(Path folder, PrintWriter out, PrintWriter err);
  }

  @Override
  public Integer call() {
    return runner.run(folder, spec.commandLine().getOut(), spec.commandLine().getErr());
  }
}
