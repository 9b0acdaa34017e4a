package io.weir.streams.config;

import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.config.types.Password;

/// Knows which settings are never shown.
final class Secrets {
  private static final List<String> TELLING =
      List.of(
          "password",
          "secret",
          "jaas",
          "token",
          "credential",
          "user.info",
          "ssl.keystore.key",
          "private.key",
          "webhook.url",
          "webhook.authorization");

  /// Settings whose name sounds secret and whose value is not.
  private static final List<String> HARMLESS = List.of("credentials.source", "token.endpoint.url");

  private Secrets() {}

  static boolean isSecret(String key) {
    String name = key.toLowerCase(Locale.ROOT);
    return TELLING.stream().anyMatch(name::contains) && HARMLESS.stream().noneMatch(name::endsWith);
  }

  /// The value, or what stands for it in logs.
  static String shown(String key, String value) {
    return isSecret(key) ? Password.HIDDEN : withoutUser(value);
  }

  /// A URL may carry `user:password@`, and the password any character, `/` and `@` too: all up to
  /// the last `@` is hidden, rather too much than too little.
  private static String withoutUser(String value) {
    return value.replaceAll("://[^,\\s]+@", "://" + Password.HIDDEN + "@");
  }
}
