package io.weir.streams;

import io.weir.streams.command.RunCommand;
import io.weir.streams.ops.CommandLineLength;
import java.util.Optional;

/// Entry point of the stream processor.
public final class Main {
  private Main() {}

  /// @param args `run` and its options
  public static void main(String[] args) {
    Optional<String> refusal = CommandLineLength.refusal();
    if (refusal.isPresent()) {
      System.err.println(refusal.get());
      System.exit(1);
    }
    System.exit(RunCommand.commandLine(WeirProcess::run).execute(args));
  }
}
