package io.weir.streams.config;

import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/// The settings of `./weir webhook`, a part of the definition of all settings: one file serves the
/// stream processor and its webhook.
final class WebhookKeys {
  /// What every key of them starts with.
  static final String PREFIX = "weir.webhook.";

  static final String URL = "weir.webhook.url";
  static final String SECRET = "weir.webhook.secret";
  static final String AUTHORIZATION = "weir.webhook.authorization";
  static final String HTTP_ALLOW = "weir.webhook.http.allow";
  static final String GROUP_ID = "weir.webhook.group.id";
  static final String MIN_SEVERITY = "weir.webhook.min.severity";
  static final String DEAD_LETTER_TOPIC = "weir.webhook.dead.letter.topic";
  static final String TIMEOUT_MS = "weir.webhook.timeout.ms";
  static final String ATTEMPTS_MAX = "weir.webhook.attempts.max";
  static final String BACKOFF_MS = "weir.webhook.backoff.ms";
  static final String BACKOFF_MAX_MS = "weir.webhook.backoff.max.ms";

  private static final List<String> SEVERITIES = List.of("LOW", "MEDIUM", "HIGH", "CRITICAL");

  private WebhookKeys() {}

  static void define(SettingKeys.Builder keys) {
    keys.group("Webhook (./weir webhook)")
        .add(
            URL,
            Type.STRING,
            null,
            SettingRules.WEBHOOK_URL,
            Importance.HIGH,
            "Where each alert is posted to, as JSON. Required by ./weir webhook; ./weir run does"
                + " not read it. Never shown, since many services put a token into it.")
        .add(
            SECRET,
            Type.PASSWORD,
            null,
            null,
            Importance.HIGH,
            "Key of the signature in the header Weir-Signature (HMAC-SHA256). Best given by the"
                + " environment variable WEIR_WEBHOOK_SECRET. Without it, requests are not signed.")
        .add(
            AUTHORIZATION,
            Type.PASSWORD,
            null,
            null,
            Importance.MEDIUM,
            "Value of the header Authorization, such as Bearer abc. Without it, there is none.")
        .add(
            HTTP_ALLOW,
            Type.BOOLEAN,
            false,
            null,
            Importance.LOW,
            "Post without TLS to other hosts than this machine's own, too.")
        .add(
            GROUP_ID,
            Type.STRING,
            "weir-webhook",
            null,
            Importance.MEDIUM,
            "Consumer group: it remembers what is delivered. Processes with the same one share the"
                + " partitions; another one for each receiver.")
        .add(
            MIN_SEVERITY,
            Type.STRING,
            SEVERITIES.getFirst(),
            ConfigDef.ValidString.in(SEVERITIES.toArray(String[]::new)),
            Importance.MEDIUM,
            "Alerts below this severity are not posted.")
        .add(
            DEAD_LETTER_TOPIC,
            Type.STRING,
            "weir-webhook-dead-letters",
            SettingRules.TOPIC,
            Importance.HIGH,
            "Topic for alerts that the receiver refused or that could not be delivered: original"
                + " bytes, key and headers, with the reason in headers weir.webhook.*.")
        .add(
            TIMEOUT_MS,
            Type.INT,
            10_000,
            ConfigDef.Range.between(100, 120_000),
            Importance.LOW,
            "How long one request waits for its answer.")
        .add(
            ATTEMPTS_MAX,
            Type.INT,
            10,
            ConfigDef.Range.atLeast(0),
            Importance.MEDIUM,
            "Requests for one alert before it goes to the dead-letter topic; 0 for no end: then"
                + " alerts wait for as long as the receiver is away.")
        .add(
            BACKOFF_MS,
            Type.LONG,
            500L,
            ConfigDef.Range.between(1, 3_600_000),
            Importance.LOW,
            "Pause after the first failed request; doubled after each further one, and drawn at"
                + " random between half of it and all of it.")
        .add(
            BACKOFF_MAX_MS,
            Type.LONG,
            60_000L,
            ConfigDef.Range.between(1, 3_600_000),
            Importance.LOW,
            "Longest such pause. A Retry-After of the receiver may be longer, up to an hour.");
  }
}
