package io.weir.streams.command;

import io.weir.streams.config.SettingSources;
import io.weir.streams.config.WebhookSettings;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `webhook`: alerts over HTTP.
@Command(
    name = "webhook",
    description =
        "Post every alert as JSON to a URL: at least once, in the order of each partition, signed,"
            + " with retries; what cannot be delivered goes to a dead-letter topic.",
    footer = {
      "",
      "Takes the settings of the processor (--config); needs bootstrap.servers,",
      "weir.schema.registry.url, weir.alerts.topic and weir.webhook.url. The settings",
      "weir.webhook.*: docs/configuration.md; what is posted, and how to check its",
      "signature: docs/consumers/README.md.",
      "",
      "Exit code: 0 after an orderly end (SIGTERM, Ctrl-C), 1 if it failed or could",
      "not start, 2 for wrong options or settings."
    })
public final class WebhookCommand implements Callable<Integer> {
  private final ToIntFunction<WebhookSettings> runner;

  @Mixin private SettingOptions options;

  @Spec private CommandSpec spec;

  /// @param runner does it
  public WebhookCommand(ToIntFunction<WebhookSettings> runner) {
    this.runner = runner;
  }

  @Override
  public Integer call() {
    Optional<WebhookSettings> settings =
        options.checked(SettingSources::webhook, spec.commandLine().getErr());
    return settings.isEmpty() ? CommandLine.ExitCode.USAGE : runner.applyAsInt(settings.get());
  }
}
