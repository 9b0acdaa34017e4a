package io.weir.streams.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The settings that say how to reach the brokers: addresses, TLS, log-in, time-outs of
/// connections.
///
/// A settings file of Kafka Streams has many more, such as `group.instance.id` or
/// `max.poll.records`, that would do harm to a client beside the processor.
final class BrokerKeys {
  private static final List<String> BEGINNINGS =
      List.of(
          "bootstrap.",
          "client.dns.",
          "client.rack",
          "config.providers",
          "connections.",
          "metadata.",
          "reconnect.",
          "request.timeout.",
          "retry.",
          "sasl.",
          "security.",
          "socket.",
          "ssl.");

  private BrokerKeys() {}

  /// Those of one kind of client.
  ///
  /// @param names that this kind has
  /// @param prefix of keys that are for this kind only, and stronger
  static Map<String, Object> of(Map<String, String> given, Set<String> names, String prefix) {
    Map<String, Object> found = new HashMap<>();
    given.forEach(
        (key, value) -> {
          if (reaches(key) && (names.contains(key) || key.startsWith("config.providers"))) {
            found.put(key, value);
          }
        });
    given.forEach(
        (key, value) -> {
          if (key.startsWith(prefix) && reaches(key.substring(prefix.length()))) {
            found.put(key.substring(prefix.length()), value);
          }
        });
    return found;
  }

  private static boolean reaches(String key) {
    return BEGINNINGS.stream().anyMatch(key::startsWith);
  }
}
