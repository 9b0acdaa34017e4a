package io.weir.streams.config;

import io.weir.schemas.card.ThresholdPolicy;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/// The rules that a setting's value must keep, beyond its type; each says itself in words, for the
/// documentation. No value is no violation.
final class SettingRules {
  static final ConfigDef.Validator TOPIC =
      rule(
          "a topic name: 1 to 249 letters, digits, dots, underscores and hyphens",
          SettingRules::checkTopic);
  static final ConfigDef.Validator TOPICS =
      rule("topic names, separated by commas", SettingRules::checkTopics);
  static final ConfigDef.Validator REGEX =
      rule("a Java regular expression", SettingRules::checkPattern);
  static final ConfigDef.Validator URLS =
      rule("http or https URLs, separated by commas", SettingRules::checkUrls);
  static final ConfigDef.Validator WEBHOOK_URL =
      rule("an https or http URL", SettingRules::checkWebhookUrl);
  static final ConfigDef.Validator HOST = rule("a host name or address", SettingRules::checkHost);
  static final ConfigDef.Validator POSITIVE =
      rule("at least 1", ConfigDef.Range.atLeast(1)::ensureValid);
  static final ConfigDef.Validator ABOVE_ZERO =
      rule(
          "a number above 0",
          (name, value) -> {
            double number = (Double) value;
            if (!(number > 0 && Double.isFinite(number))) {
              throw new ConfigException(name, value, "a number above 0 is needed");
            }
          });
  static final ConfigDef.Validator POLICY =
      rule(
          ThresholdPolicy.FORMS,
          (name, value) -> {
            try {
              ThresholdPolicy.parse((String) value);
            } catch (IllegalArgumentException e) {
              throw new ConfigException(name, value, e.getMessage());
            }
          });

  private SettingRules() {}

  private static void checkTopic(String name, Object value) {
    String topic = (String) value;
    if (!topic.matches("[a-zA-Z0-9._-]{1,249}") || topic.equals(".") || topic.equals("..")) {
      throw new ConfigException(
          name, value, "a topic name has 1 to 249 letters, digits, dots, underscores and hyphens");
    }
  }

  private static void checkTopics(String name, Object value) {
    ((List<?>) value).forEach(topic -> checkTopic(name, topic));
  }

  private static void checkPattern(String name, Object value) {
    try {
      Pattern.compile((String) value);
    } catch (PatternSyntaxException e) {
      throw new ConfigException(
          name, value, e.getDescription() + " at position " + e.getIndex() + " of the pattern");
    }
  }

  private static void checkUrls(String name, Object value) {
    List<?> urls = (List<?>) value;
    for (Object url : urls) {
      if (!url.toString().toLowerCase(Locale.ROOT).matches("https?://[^/\\s]+\\S*")) {
        throw new ConfigException(
            name,
            Secrets.shown(name, url.toString()),
            "a registry URL looks like http://host:8081");
      }
    }
    if (urls.isEmpty()) {
      throw new ConfigException(
          name, value, "give at least one registry URL, like http://host:8081");
    }
  }

  private static void checkWebhookUrl(String name, Object value) {
    try {
      URI url = new URI((String) value);
      if (url.getScheme() != null
          && url.getScheme().toLowerCase(Locale.ROOT).matches("https?")
          && url.getHost() != null
          && url.getUserInfo() == null) {
        return;
      }
    } catch (URISyntaxException e) {
      // The message would repeat the URL, which may be a secret.
    }
    throw new ConfigException(
        name,
        Secrets.shown(name, value.toString()),
        "a webhook's URL looks like https://host/path; user and password go to "
            + WebhookKeys.AUTHORIZATION);
  }

  private static void checkHost(String name, Object value) {
    if (!value.toString().matches("[A-Za-z0-9._:%-]+|\\[[0-9A-Fa-f.:%]+]")) {
      throw new ConfigException(
          name, value, "a host is a name or an address such as 127.0.0.1, 0.0.0.0 or ::1");
    }
  }

  private static ConfigDef.Validator rule(String text, ConfigDef.Validator check) {
    return ConfigDef.LambdaValidator.with(
        (name, value) -> {
          if (value != null) {
            check.ensureValid(name, value);
          }
        },
        () -> text);
  }
}
