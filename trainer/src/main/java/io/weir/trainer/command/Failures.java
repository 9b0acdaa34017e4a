package io.weir.trainer.command;

import io.weir.trainer.config.ConfigException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Turns what went wrong into one message on stderr and an exit code: 2 when the settings were
/// wrong, 1 for everything else. `WEIR_DEBUG` in the environment adds the stack trace.
public final class Failures {
  private Failures() {}

  /// For a command line that cannot be read.
  public static int wrongUsage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    if (e.getCause() instanceof ConfigException cause) {
      err.println("weir: " + cause.getMessage());
    } else {
      err.println("weir: " + e.getMessage());
      UnmatchedArgumentException.printSuggestions(e, err);
    }
    err.println("See %s --help".formatted(command.getCommandSpec().qualifiedName()));
    trace(e, err);
    return ExitCode.USAGE;
  }

  /// For a command that failed.
  public static int failed(Exception e, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    err.println("weir: " + message(e));
    trace(e, err);
    return e instanceof ConfigException ? ExitCode.USAGE : ExitCode.SOFTWARE;
  }

  private static String message(Exception e) {
    String told = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    if (e.getClass().getName().startsWith("io.weir.")) {
      return told;
    }
    return switch (e) {
      case IOException _ -> "reading or writing failed: " + named(e);
      case UncheckedIOException unchecked ->
          "reading or writing failed: " + named(unchecked.getCause());
      default ->
          "unexpected: %s. This is a fault of Weir; WEIR_DEBUG=1 shows where".formatted(named(e));
    };
  }

  private static String named(Exception e) {
    return "%s: %s".formatted(e.getClass().getSimpleName(), e.getMessage());
  }

  private static void trace(Exception e, PrintWriter err) {
    if (System.getenv("WEIR_DEBUG") != null) {
      e.printStackTrace(err);
    }
  }
}
