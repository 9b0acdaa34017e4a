package io.weir.streams.config;

import io.weir.detector.ExecutionProvider;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The parts of [Settings] that several keys make together.
final class SettingParts {
  private final Map<String, SettingSources.Sourced> given;
  private final SettingValues values;

  /// @param given all that was given, by key
  /// @param values of Weir's own
  SettingParts(Map<String, SettingSources.Sourced> given, SettingValues values) {
    this.given = given;
    this.values = values;
  }

  /// Empty if the pattern is none.
  Optional<InputTopics> input() {
    Optional<String> pattern = values.text(SettingKeys.INPUT_PATTERN);
    if (pattern.isEmpty()) {
      return Optional.of(new InputTopics.Listed(values.strings(SettingKeys.INPUT_TOPICS)));
    }
    return values.isSound(SettingKeys.INPUT_PATTERN)
        ? Optional.of(new InputTopics.Matching(Pattern.compile(pattern.get())))
        : Optional.empty();
  }

  Settings.Mute mute() {
    SortedMap<String, String> ignore = new TreeMap<>();
    given.forEach(
        (key, setting) -> {
          // An empty value takes a rule back.
          if (key.startsWith(SettingKeys.IGNORE_PREFIX) && !setting.value().isEmpty()) {
            ignore.put(key.substring(SettingKeys.IGNORE_PREFIX.length()), setting.value());
          }
        });
    return new Settings.Mute(
        ignore,
        values.get(SettingKeys.COOLDOWN_MS, Long.class),
        values.get(SettingKeys.INCIDENT_GAP_MS, Long.class),
        values.get(SettingKeys.INCIDENT_UPDATE_MS, Long.class));
  }

  Settings.Windows windows() {
    return new Settings.Windows(
        values.number(SettingKeys.WINDOW_MAX_GAP_MS),
        values.number(SettingKeys.WINDOW_IDLE_EXPIRY_MS),
        NullKey.of(values.get(SettingKeys.WINDOW_NULL_KEY, String.class)));
  }

  Settings.Http http() {
    return new Settings.Http(
        values.get(SettingKeys.HTTP_HOST, String.class),
        values.get(SettingKeys.HTTP_PORT, Integer.class));
  }

  ExecutionProvider provider() {
    ExecutionProvider.Cuda cuda =
        new ExecutionProvider.Cuda(
            values.get(SettingKeys.ONNX_CUDA_DEVICE_ID, Integer.class),
            values.number(SettingKeys.ONNX_CUDA_MEMORY_LIMIT_BYTES));
    String provider = values.get(SettingKeys.ONNX_PROVIDER, String.class);
    return switch (provider) {
      case "cpu" -> new ExecutionProvider.Cpu();
      case "cuda" -> cuda;
      case "auto" -> new ExecutionProvider.Auto(cuda);
      default -> throw new IllegalStateException("The rule of the key lets no " + provider + " by");
    };
  }

  Settings.Registry registry() {
    Map<String, String> client = new TreeMap<>();
    values
        .secret(SettingKeys.REGISTRY_USER_INFO)
        .ifPresent(
            user -> {
              client.put("basic.auth.credentials.source", "USER_INFO");
              client.put("basic.auth.user.info", user);
            });
    given.forEach(
        (key, setting) -> {
          if (key.startsWith(SettingKeys.REGISTRY_PREFIX)
              && !SettingKeys.DEFINITION.names().contains(key)) {
            String name = key.substring(SettingKeys.REGISTRY_PREFIX.length());
            client.put(name, setting.value());
            // The client reads its TLS settings under this name only.
            if (name.startsWith("ssl.")) {
              client.put("schema.registry." + name, setting.value());
            }
          }
        });
    return new Settings.Registry(
        values.strings(SettingKeys.REGISTRY_URL),
        client,
        values.get(SettingKeys.REGISTRY_AUTO_REGISTER, Boolean.class),
        values.millis(SettingKeys.REGISTRY_OUTAGE_MAX_MS));
  }
}
