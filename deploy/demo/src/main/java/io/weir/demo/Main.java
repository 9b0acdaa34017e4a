package io.weir.demo;

import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.UnmatchedArgumentException;

/// `weir demo`. Exit code 0 is success, 1 failure or no alert, 2 wrong usage.
public final class Main {
  private Main() {}

  /// Runs the demo and ends the process with its exit code.
  public static void main(String[] args) {
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    System.exit(
        new CommandLine(new DemoCommand())
            .setUsageHelpWidth(100)
            .setParameterExceptionHandler(
                (e, _) -> {
                  PrintWriter err = e.getCommandLine().getErr();
                  err.println("weir: " + e.getMessage());
                  UnmatchedArgumentException.printSuggestions(e, err);
                  err.println("See weir demo --help");
                  return CommandLine.ExitCode.USAGE;
                })
            .setExecutionExceptionHandler(
                (e, command, _) -> {
                  command.getErr().println("weir: " + Failure.message(e));
                  return CommandLine.ExitCode.SOFTWARE;
                })
            .execute(args));
  }
}
