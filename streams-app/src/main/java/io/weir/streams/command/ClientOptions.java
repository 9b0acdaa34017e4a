package io.weir.streams.command;

import io.weir.streams.config.ClientSettings;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The settings of a command that reads topics of a running processor: the processor's own settings
/// file, or three options.
final class ClientOptions {
  @Mixin private SettingOptions settings;

  @Option(
      names = {"-b", "--bootstrap-servers"},
      paramLabel = "HOST:PORT",
      description = "The brokers: bootstrap.servers.")
  private String bootstrapServers;

  @Option(
      names = {"-r", "--schema-registry"},
      paramLabel = "URL",
      description = "The schema registry: weir.schema.registry.url.")
  private String registry;

  @Option(
      names = {"-t", "--topic"},
      paramLabel = "TOPIC",
      description = "The alerts topic: weir.alerts.topic.")
  private String topic;

  /// Reads and checks them.
  ///
  /// @param err is told all the problems
  /// @return empty if there are problems
  Optional<ClientSettings> settings(PrintWriter err) {
    Map<String, String> flags = new LinkedHashMap<>();
    put(flags, "bootstrap.servers", bootstrapServers);
    put(flags, "weir.schema.registry.url", registry);
    put(flags, "weir.alerts.topic", topic);
    return settings.checked(sources -> sources.flags(flags).client(), err);
  }

  private static void put(Map<String, String> flags, String key, String value) {
    if (value != null) {
      flags.put(key, value);
    }
  }
}
