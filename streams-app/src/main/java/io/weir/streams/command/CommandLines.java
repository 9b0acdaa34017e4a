package io.weir.streams.command;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// The command line of the stream processor.
public final class CommandLines {
  private CommandLines() {}

  /// `weir` with its commands.
  @SafeVarargs
  public static CommandLine of(Callable<Integer>... commands) {
    CommandLine weir = new CommandLine(CommandSpec.create().name("weir"));
    List.of(commands).forEach(weir::addSubcommand);
    return weir.setCaseInsensitiveEnumValuesAllowed(true);
  }
}
