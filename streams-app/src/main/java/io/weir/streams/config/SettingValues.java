package io.weir.streams.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.config.types.Password;

/// The values of Weir's own settings in their types, each checked by itself.
///
/// @param values by key, all keys of the definition; the check fills them in
record SettingValues(Map<String, ConfigValue> values) {
  /// Null where there is neither a value nor a default, or the value is wrong.
  <T> T get(String key, Class<T> type) {
    return type.cast(values.get(key).value());
  }

  /// Whether the value breaks no rule of its key.
  boolean isSound(String key) {
    return values.get(key).errorMessages().isEmpty();
  }

  Optional<String> text(String key) {
    return Optional.ofNullable(get(key, String.class));
  }

  Optional<String> secret(String key) {
    return Optional.ofNullable(get(key, Password.class)).map(Password::value);
  }

  /// Empty where there is no list.
  List<String> strings(String key) {
    return get(key, List.class) instanceof List<?> list
        ? list.stream().map(Object::toString).toList()
        : List.of();
  }

  OptionalLong number(String key) {
    Long number = get(key, Long.class);
    return number == null ? OptionalLong.empty() : OptionalLong.of(number);
  }

  OptionalDouble decimal(String key) {
    Double number = get(key, Double.class);
    return number == null ? OptionalDouble.empty() : OptionalDouble.of(number);
  }

  /// A number of milliseconds, of either width.
  Duration millis(String key) {
    return Duration.ofMillis(get(key, Number.class).longValue());
  }
}
