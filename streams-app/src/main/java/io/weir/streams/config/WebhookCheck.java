package io.weir.streams.config;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the webhook's settings must keep together, and their typed place.
final class WebhookCheck {
  /// What a header's value may have (RFC 9110, section 5.5), without what is no ASCII.
  private static final Pattern HEADER = Pattern.compile("[\\x20-\\x7e\t]*");

  private final SettingValues values;

  /// @param values of all settings, each checked by itself
  WebhookCheck(SettingValues values) {
    this.values = values;
  }

  List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (values.isSound(WebhookKeys.URL)) {
      Optional<URI> url = values.text(WebhookKeys.URL).map(URI::create);
      if (url.isEmpty()) {
        problems.add(
            WebhookKeys.URL
                + " is required by the webhook and has no default: "
                + SettingKeys.DEFINITION.configKeys().get(WebhookKeys.URL).documentation);
      } else if (isOpenToTheNetwork(url.get())) {
        problems.add(
            "%s goes to %s without TLS, where everybody on the way reads the alerts: use https, or set %s=true"
                .formatted(WebhookKeys.URL, url.get().getHost(), WebhookKeys.HTTP_ALLOW));
      }
    }
    boolean isHeader =
        values.secret(WebhookKeys.AUTHORIZATION).map(HEADER::matcher).stream()
            .allMatch(Matcher::matches);
    if (!isHeader) {
      problems.add(
          WebhookKeys.AUTHORIZATION
              + " has a character that no header may have, such as the end of a line: give letters,"
              + " digits and signs of ASCII, with blanks between them");
    }
    String topic = values.get(WebhookKeys.DEAD_LETTER_TOPIC, String.class);
    if (topic != null && topic.equals(values.get(SettingKeys.ALERTS_TOPIC, String.class))) {
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
        URI.create(values.get(WebhookKeys.URL, String.class)),
        values.secret(WebhookKeys.SECRET),
        values.secret(WebhookKeys.AUTHORIZATION),
        values.get(WebhookKeys.GROUP_ID, String.class),
        values.get(WebhookKeys.MIN_SEVERITY, String.class),
        values.get(WebhookKeys.DEAD_LETTER_TOPIC, String.class),
        values.millis(WebhookKeys.TIMEOUT_MS),
        values.get(WebhookKeys.ATTEMPTS_MAX, Integer.class),
        values.millis(WebhookKeys.BACKOFF_MS),
        values.millis(WebhookKeys.BACKOFF_MAX_MS));
  }

  private boolean isOpenToTheNetwork(URI url) {
    String host = url.getHost();
    boolean loopback =
        host.equalsIgnoreCase("localhost")
            || host.equals("[::1]")
            || host.matches("127(\\.\\d{1,3}){3}");
    return url.getScheme().equalsIgnoreCase("http")
        && !loopback
        && Boolean.FALSE.equals(values.get(WebhookKeys.HTTP_ALLOW, Boolean.class));
  }
}
