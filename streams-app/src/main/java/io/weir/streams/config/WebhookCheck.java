package io.weir.streams.config;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.config.types.Password;

/// What the webhook's settings must keep together, and their typed place.
final class WebhookCheck {
  private final Map<String, ConfigValue> values;

  /// @param values of all settings, each checked by itself
  WebhookCheck(Map<String, ConfigValue> values) {
    this.values = values;
  }

  List<String> problems() {
    List<String> problems = new ArrayList<>();
    ConfigValue url = values.get(WebhookKeys.URL);
    if (url.errorMessages().isEmpty()) {
      if (url.value() == null) {
        problems.add(
            WebhookKeys.URL
                + " is required by the webhook and has no default: "
                + SettingKeys.DEFINITION.configKeys().get(WebhookKeys.URL).documentation);
      } else if (isOpenToTheNetwork(URI.create(url.value().toString()))) {
        problems.add(
            "%s goes to %s without TLS, where everybody on the way reads the alerts: use https, or set %s=true"
                .formatted(
                    WebhookKeys.URL,
                    URI.create(url.value().toString()).getHost(),
                    WebhookKeys.HTTP_ALLOW));
      }
    }
    String topic = value(WebhookKeys.DEAD_LETTER_TOPIC, String.class);
    if (topic != null && topic.equals(value(SettingKeys.ALERTS_TOPIC, String.class))) {
      problems.add(
          WebhookKeys.DEAD_LETTER_TOPIC
              + " = "
              + topic
              + " is also weir.alerts.topic, which would never end: use another topic");
    }
    return problems;
  }

  WebhookSettings build(ClientSettings client) {
    return new WebhookSettings(
        client,
        URI.create(value(WebhookKeys.URL, String.class)),
        secret(WebhookKeys.SECRET),
        secret(WebhookKeys.AUTHORIZATION),
        value(WebhookKeys.GROUP_ID, String.class),
        value(WebhookKeys.MIN_SEVERITY, String.class),
        value(WebhookKeys.DEAD_LETTER_TOPIC, String.class),
        Duration.ofMillis(value(WebhookKeys.TIMEOUT_MS, Integer.class)),
        value(WebhookKeys.ATTEMPTS_MAX, Integer.class),
        Duration.ofMillis(value(WebhookKeys.BACKOFF_MS, Long.class)),
        Duration.ofMillis(value(WebhookKeys.BACKOFF_MAX_MS, Long.class)));
  }

  private boolean isOpenToTheNetwork(URI url) {
    String host = url.getHost();
    boolean loopback =
        host.equalsIgnoreCase("localhost")
            || host.equals("[::1]")
            || host.matches("127(\\.\\d{1,3}){3}");
    return url.getScheme().equalsIgnoreCase("http")
        && !loopback
        && Boolean.FALSE.equals(value(WebhookKeys.HTTP_ALLOW, Boolean.class));
  }

  private Optional<String> secret(String key) {
    return Optional.ofNullable(value(key, Password.class)).map(Password::value);
  }

  private <T> T value(String key, Class<T> type) {
    return type.cast(values.get(key).value());
  }
}
