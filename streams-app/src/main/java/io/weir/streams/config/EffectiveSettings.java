package io.weir.streams.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigValue;

/// What is in force and where it comes from, for the log at start.
final class EffectiveSettings {
  private EffectiveSettings() {}

  /// One line `key = value (source)` for each setting of Weir's own and each one given for Kafka or
  /// the registry, sorted by key.
  static List<String> lines(
      Map<String, SettingSources.Sourced> given,
      Map<String, ConfigValue> own,
      Map<String, String> tunedDefaults) {
    Map<String, String> lines = new TreeMap<>();
    own.forEach((key, value) -> lines.put(key, shown(key, value.value()) + " (default)"));
    // The webhook is another process, which reads them.
    lines.keySet().removeIf(key -> key.startsWith(WebhookKeys.PREFIX));
    tunedDefaults.forEach((key, value) -> lines.put(key, value + " (default of Weir)"));
    given.forEach(
        (key, setting) -> {
          if (!key.startsWith(WebhookKeys.PREFIX)
              && (!setting.value().isEmpty() || !own.containsKey(key))) {
            lines.put(key, shown(key, setting.value()) + " (" + setting.source() + ")");
          }
        });
    List<String> result = new ArrayList<>();
    lines.forEach((key, text) -> result.add(key + " = " + text));
    return result;
  }

  private static String shown(String key, Object value) {
    return switch (value) {
      case null -> "none";
      case List<?> list ->
          list.isEmpty()
              ? "none"
              : Secrets.shown(key, String.join(",", list.stream().map(Object::toString).toList()));
      default -> Secrets.shown(key, value.toString());
    };
  }
}
