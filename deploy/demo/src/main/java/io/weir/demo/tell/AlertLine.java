package io.weir.demo.tell;

import io.weir.demo.source.StreamEvent;
import io.weir.demo.source.Truth;
import io.weir.demo.tell.Terminal.Style;
import io.weir.schemas.event.Alert;
import io.weir.streams.tell.AlertText;

/// One alert in one line, as `./weir alerts` words it, beside what the event really was: how bad,
/// how rare, what, and the two features that say why.
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
    String severity = alert.getSeverity();
    return "%s %-15s %s  %s  %s"
        .formatted(
            terminal.style(style(severity), "%-8s".formatted(severity)),
            rarity(alert.getRarity()),
            event.text(),
            AlertText.reasons(
                alert,
                REASONS,
                actual -> terminal.style(Style.BOLD, actual),
                expected -> terminal.style(Style.DIM, expected)),
            truth(event.truth()));
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
    return AlertText.rarity(oneIn) + (oneIn >= rarest ? "+" : "");
  }
}
