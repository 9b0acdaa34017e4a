package io.weir.streams;

import io.weir.streams.command.AlertsCommand;
import io.weir.streams.command.CommandLines;
import io.weir.streams.command.ExplainCommand;
import io.weir.streams.command.GpuCheckCommand;
import io.weir.streams.command.RedriveCommand;
import io.weir.streams.command.ReplayCommand;
import io.weir.streams.command.ReportCommand;
import io.weir.streams.command.RunCommand;
import io.weir.streams.command.TopicsCommand;
import io.weir.streams.command.VerifyCommand;
import io.weir.streams.command.WebhookCommand;

/// Entry point of the stream processor.
public final class Main {
  private Main() {}

  /// @param args `run` or another command, and its options
  public static void main(String[] args) {
    System.exit(
        CommandLines.of(
                new RunCommand(WeirProcess::run),
                new TopicsCommand(WeirTopics::run),
                new ReplayCommand(WeirReplay::run),
                new ReportCommand(WeirReport::run),
                new AlertsCommand(WeirAlerts::run),
                new WebhookCommand(WeirWebhook::run),
                new VerifyCommand(WeirReceipts::run),
                new ExplainCommand(WeirExplain::run),
                new RedriveCommand(WeirRedrive::run),
                new GpuCheckCommand())
            .execute(args));
  }
}
