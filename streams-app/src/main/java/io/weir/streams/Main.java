package io.weir.streams;

import io.weir.streams.command.RedriveCommand;
import io.weir.streams.command.ReportCommand;
import io.weir.streams.command.RunCommand;
import io.weir.streams.command.VerifyCommand;
import picocli.CommandLine;

/// Entry point of the stream processor.
public final class Main {
  private Main() {}

  /// @param args a command and its options
  public static void main(String[] args) {
    CommandLine weir = RunCommand.commandLine(WeirProcess::run, WeirTopics::run);
    weir.addSubcommand(new CommandLine(new VerifyCommand(WeirReceipts::run)));
    weir.addSubcommand(new CommandLine(new RedriveCommand(WeirRedrive::run)));
    weir.addSubcommand(new CommandLine(new ReportCommand(WeirReport::run)));
    System.exit(weir.execute(args));
  }
}
