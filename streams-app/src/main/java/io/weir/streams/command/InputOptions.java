package io.weir.streams.command;

import io.weir.streams.config.SettingKeys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/// Where the events of a replay are, for whoever has no settings file.
final class InputOptions {
  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "Brokers; the same as -p bootstrap.servers=...")
  private String bootstrapServers;

  @Option(
      names = "--schema-registry",
      paramLabel = "URL",
      description = "The schema registry; the same as -p weir.schema.registry.url=...")
  private String schemaRegistry;

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description = "Replay this input topic. May be repeated. Default: those of the settings.")
  private List<String> topics = new ArrayList<>();

  /// The settings that they stand for.
  Map<String, String> flags() {
    Map<String, String> flags = new LinkedHashMap<>();
    if (bootstrapServers != null) {
      flags.put(SettingKeys.BOOTSTRAP_SERVERS, bootstrapServers);
    }
    if (schemaRegistry != null) {
      flags.put(SettingKeys.REGISTRY_URL, schemaRegistry);
    }
    if (!topics.isEmpty()) {
      flags.put(SettingKeys.INPUT_TOPICS, String.join(",", new LinkedHashSet<>(topics)));
      flags.put(SettingKeys.INPUT_PATTERN, "");
    }
    return flags;
  }
}
