package io.weir.streams.command;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// The command line of the stream processor.
public final class CommandLines {
  private CommandLines() {}

  /// `weir` with its commands.
  ///
  /// @param commands picocli's, each a [java.util.concurrent.Callable] of its exit code
  public static CommandLine of(Object... commands) {
    CommandLine weir = new CommandLine(CommandSpec.create().name("weir"));
    List.of(commands).forEach(weir::addSubcommand);
    return weir.setCaseInsensitiveEnumValuesAllowed(true);
  }
}
