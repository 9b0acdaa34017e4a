package io.weir.streams.config;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;

/// Writes the definition of the settings as a page of documentation.
public final class SettingsTable {
  private SettingsTable() {}

  /// The page in Markdown, one table per group of settings.
  public static String markdown() {
    StringBuilder page = new StringBuilder(HEAD);
    for (String group : SettingKeys.DEFINITION.groups()) {
      page.append("\n## ").append(group).append("\n\n");
      page.append("| setting | type | default | valid | importance | meaning |\n");
      page.append("|---|---|---|---|---|---|\n");
      keys(group).forEach(key -> page.append(row(key)));
    }
    page.append(TAIL_HEAD);
    new StreamsProperties(Map.of())
        .defaults()
        .forEach((key, value) -> page.append("| `" + key + "` | `" + value + "` |\n"));
    return page.toString();
  }

  private static List<ConfigDef.ConfigKey> keys(String group) {
    return SettingKeys.DEFINITION.configKeys().values().stream()
        .filter(key -> key.group.equals(group))
        .sorted(Comparator.comparingInt(key -> key.orderInGroup))
        .toList();
  }

  private static String row(ConfigDef.ConfigKey key) {
    return String.format(
        Locale.ROOT,
        "| `%s` | %s | %s | %s | %s | %s |%n",
        key.name,
        key.type.name().toLowerCase(Locale.ROOT),
        fallback(key),
        key.validator == null ? "" : cell(key.validator.toString()),
        key.importance.name().toLowerCase(Locale.ROOT),
        cell(key.documentation));
  }

  private static String fallback(ConfigDef.ConfigKey key) {
    if (!key.hasDefault()) {
      return "required";
    }
    return switch (key.defaultValue) {
      case null -> "none";
      case List<?> list when list.isEmpty() -> "none";
      default -> "`" + key.defaultValue + "`";
    };
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }

  private static final String HEAD =
      """
      # Settings of the stream processor

      `./weir run --config weir.properties --property key=value`

      This page is made from the definition in the code (`SettingKeys`); a test keeps the two equal.

      - **Order**, the later one wins: settings file, environment, `--property`. An empty value takes a setting back to its default.
      - **Environment**: `WEIR_ALERTS_TOPIC` sets `weir.alerts.topic`; `WEIR_KAFKA_BOOTSTRAP_SERVERS` sets `bootstrap.servers`,
        and so on for every setting of Kafka.
      - **Everything that does not start with `weir.` goes to Kafka Streams**, with its prefixes `main.consumer.`, `consumer.`, `producer.`,
        `admin.`: `processing.guarantee=exactly_once_v2`, `num.stream.threads=4`, `security.protocol=SASL_SSL`.
      - **Ignore rules**: `weir.ignore.NAME=RULE`, any number of them, such as
        `weir.ignore.small=amount < 5 and amount below expected`: anomalous events that match make no alert. The rules:
        [alerts.md](alerts.md#ignore-rules). `WEIR_IGNORE_SMALL` sets `weir.ignore.small`.
      - An unknown `weir.` key is an error that names the nearest known one; all problems are reported at once, with exit code 2.
      - The settings in force are logged at start, secrets hidden.
      """;

  private static final String TAIL_HEAD =
      """

      ## Defaults that differ from those of Kafka Streams

      Set the key, with or without a prefix, to replace one.

      For models that look at several events, and with `weir.cooldown.ms` or `weir.incident.gap.ms`, `processing.guarantee` is
      `exactly_once_v2`: events that come twice would enter windows and incidents twice. Their changelog topics get `topic.segment.bytes` = 67108864, so that it is compacted soon, and no limit on timestamps
      (`topic.message.timestamp.after.max.ms`), so that it takes what the input topics took; `batch.size` is 131072 for it.

      | setting | default |
      |---|---|
      """;
}
