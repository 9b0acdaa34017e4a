package io.weir.demo.tell;

import io.weir.demo.source.StreamEvent;
import io.weir.demo.source.Truth;
import io.weir.demo.tell.Terminal.Style;
import io.weir.schemas.event.Alert;
import io.weir.schemas.event.FeatureContribution;
import java.util.Locale;
import java.util.stream.Collectors;

/// One alert in one line: how bad, how rare, what, and the two features that say why.
public final class AlertLine {
  /// How to read a line.
  public static final String LEGEND =
      "         Alerts: severity, how rare such a score is among normal events, the event, the two"
          + " features that say why, [what it really was]";

  private static final int REASONS = 2;

  private final Terminal terminal;
  private final double rarest;

  /// @param rarest rarity that the model can tell
  public AlertLine(Terminal terminal, double rarest) {
    this.terminal = terminal;
    this.rarest = rarest;
  }

  /// @param event the event that the alert is about
  public String of(Alert alert, StreamEvent event) {
    String severity = alert.getSeverity().toString();
    String why =
        alert.getFeatures().stream()
            .limit(REASONS)
            .map(this::reason)
            .collect(Collectors.joining(", "));
    return "%s %-15s %s  %s  %s"
        .formatted(
            terminal.style(style(severity), "%-8s".formatted(severity)),
            rarity(alert.getRarity()),
            event.text(),
            why,
            truth(event.truth()));
  }

  /// `amount 812.4 (usual 31.2)`.
  private String reason(FeatureContribution feature) {
    return "%s %s %s"
        .formatted(
            feature.getName(),
            terminal.style(Style.BOLD, value(feature.getActualText(), feature.getActual())),
            terminal.style(
                Style.DIM,
                "(expected %s)"
                    .formatted(value(feature.getExpectedText(), feature.getExpected()))));
  }

  private String truth(Truth truth) {
    return switch (truth) {
      case Truth.Unknown _ -> "";
      case Truth.Normal _ -> terminal.style(Style.DIM, "[false alarm]");
      case Truth.Anomaly anomaly -> terminal.style(Style.GREEN, "[" + anomaly.kind() + "]");
    };
  }

  private static Style style(String severity) {
    return switch (severity) {
      case "CRITICAL" -> Style.MAGENTA;
      case "HIGH" -> Style.RED;
      case "MEDIUM" -> Style.YELLOW;
      default -> Style.PLAIN;
    };
  }

  /// `1 in 2,346`; with a plus where it may be rarer than the model can tell.
  private String rarity(double oneIn) {
    return String.format(Locale.ROOT, "1 in %,.0f%s", oneIn, oneIn >= rarest ? "+" : "");
  }

  /// The text if there is one, or the number with three digits that matter.
  static String value(CharSequence text, Double number) {
    if (text != null) {
      return text.toString();
    }
    if (number == null) {
      return "missing";
    }
    double size = Math.abs(number);
    if (size != 0 && (size < 0.001 || size >= 1e9)) {
      return String.format(Locale.ROOT, "%.2e", number);
    }
    if (size >= 100 || number == Math.rint(number)) {
      return String.format(Locale.ROOT, "%,.0f", number);
    }
    return String.format(Locale.ROOT, size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f", number);
  }
}
