package io.weir.streams;

import io.weir.streams.command.RunCommand;

/// Entry point of the stream processor.
public final class Main {
  private Main() {}

  /// @param args `run` or another command, and its options
  public static void main(String[] args) {
    System.exit(
        RunCommand.commandLine(WeirProcess::run, WeirTopics::run, WeirReplay::run).execute(args));
  }
}
