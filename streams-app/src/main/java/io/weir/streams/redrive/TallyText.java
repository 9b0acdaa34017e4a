package io.weir.streams.redrive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.streams.redrive.Tally.Fate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a redrive does or would do, for people and for programs.
public final class TallyText {
  private TallyText() {}

  /// Several lines of text.
  ///
  /// @param executed whether it was done
  public static String text(Tally tally, String topic, boolean executed) {
    StringBuilder text = new StringBuilder();
    int topics = width(tally, "TOPIC", true);
    int reasons = width(tally, "REASON", false);
    String row = "%-" + topics + "s  %-" + reasons + "s  %12s  %s%n";
    text.append(row.formatted("TOPIC", "REASON", "DEAD LETTERS", ""));
    tally
        .lines()
        .forEach(
            (line, count) ->
                text.append(
                    row.formatted(
                        plain(line.topic()),
                        plain(line.reason()),
                        "%,d".formatted(count),
                        fate(line.fate(), executed))));
    if (tally.foreignCount() > 0) {
      text.append(
          "%,d records of %s do not say where they came from: left%n"
              .formatted(tally.foreignCount(), topic));
    }
    long redriven = tally.of(Fate.REDRIVE);
    text.append(
        executed
            ? "%,d dead letters redriven%n".formatted(redriven)
            : "%,d dead letters would be redriven: --execute%s does it%n"
                .formatted(redriven, tally.unaccounted().isEmpty() ? "" : " --from-oldest"));
    if (!executed && !tally.unaccounted().isEmpty()) {
      text.append(
          "No redrive is known of %s, partition %s: if there was one longer than offsets.retention.minutes ago, give --since, too, to leave what it redrove%n"
              .formatted(topic, tally.unaccounted()));
    }
    return text.toString();
  }

  /// One JSON object.
  public static String json(Tally tally, String topic, boolean executed) {
    List<Map<String, Object>> lines = new ArrayList<>();
    tally
        .lines()
        .forEach(
            (line, count) -> {
              Map<String, Object> fields = new LinkedHashMap<>();
              fields.put("topic", line.topic());
              fields.put("reason", line.reason());
              fields.put("fate", line.fate().name());
              fields.put("dead_letters", count);
              lines.add(fields);
            });
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("dead_letter_topic", topic);
    all.put("executed", executed);
    all.put("redrive", tally.of(Fate.REDRIVE));
    all.put("foreign", tally.foreignCount());
    all.put("unaccounted_partitions", tally.unaccounted());
    all.put("kinds", lines);
    try {
      return new ObjectMapper().writeValueAsString(all) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers have a form in JSON", e);
    }
  }

  private static String fate(Fate fate, boolean executed) {
    return executed && fate == Fate.REDRIVE ? "redriven" : fate.text();
  }

  private static int width(Tally tally, String head, boolean topic) {
    return tally.lines().keySet().stream()
        .mapToInt(line -> (topic ? line.topic() : line.reason()).length())
        .reduce(head.length(), Math::max);
  }

  /// Headers come from outside: nothing of them must be obeyed by a terminal.
  private static String plain(String text) {
    return text.replaceAll("\\p{C}", "?");
  }
}
