package io.weir.streams.tell;

import io.weir.schemas.event.Alert;
import io.weir.schemas.event.Incident;
import io.weir.schemas.json.KeyText;
import io.weir.schemas.json.SafeText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// One alert in one line of a table.
public final class AlertTable {
  private static final int REASONS = 3;
  private static final int KEY_WIDTH = 20;

  private static final String ROW = "%-20s  %-8s  %-20s  %18s  %-14s  %s";

  private AlertTable() {}

  /// The names of the columns.
  public static String header() {
    return row("TIME (UTC)", "SEVERITY", "KEY", "SCORE > THRESHOLD", "RARITY", "WHY");
  }

  /// A line, whose last column has no end.
  public static String line(Alert alert) {
    String why = AlertText.why(alert, REASONS);
    return row(
        time(alert.getEventTime()),
        SafeText.of(alert.getSeverity()),
        alert.getKey() == null ? "" : shortened(KeyText.of(alert.getKey())),
        AlertText.number(alert.getScore()) + " > " + AlertText.number(alert.getThreshold()),
        AlertText.rarity(alert.getRarity()),
        alert.getIncident() == null ? why : why + "  " + incident(alert.getIncident()));
  }

  private static String incident(Incident incident) {
    return "[incident %s: %,d events in %s, peak %s]"
        .formatted(
            SafeText.of(incident.getStatus()).toLowerCase(Locale.ROOT),
            incident.getEvents(),
            duration(incident.getDurationMs()),
            AlertText.number(incident.getPeakScore()));
  }

  /// In the largest unit that has at least two.
  private static String duration(long millis) {
    long seconds = millis / 1_000;
    if (seconds < 120) {
      return seconds + " s";
    }
    return seconds < 7_200 ? seconds / 60 + " min" : seconds / 3_600 + " h";
  }

  private static String time(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /// Whole characters, also those of two chars.
  private static String shortened(String text) {
    int characters = text.codePointCount(0, text.length());
    return characters <= KEY_WIDTH
        ? text
        : text.substring(0, text.offsetByCodePoints(0, KEY_WIDTH - 1)) + "…";
  }

  private static String row(Object... cells) {
    return String.format(Locale.ROOT, ROW, cells).stripTrailing();
  }
}
