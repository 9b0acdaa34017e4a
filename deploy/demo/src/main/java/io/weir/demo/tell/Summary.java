package io.weir.demo.tell;

import io.weir.demo.tell.Terminal.Style;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What the whole demo came to.
///
/// @param tally events and alerts against what is known
/// @param eventsPerSecond from the first event sent to the last one scored
/// @param fullSpeed the same while sending as fast as possible, NaN where that was not done
/// @param firstAlertSeconds from the start of the demo to the first alert, NaN without one
/// @param latencyMillis from sending an event to reading its alert, one per alert shown
public record Summary(
    Tally tally,
    double eventsPerSecond,
    double fullSpeed,
    double firstAlertSeconds,
    List<Double> latencyMillis) {
  private static final double EVENTS_PER_CASE = 2.5;

  /// Prints it.
  public void print(Terminal terminal) {
    terminal.line("");
    terminal.line(terminal.style(Style.BOLD, "Summary"));
    row(terminal, "events", "%,d".formatted(tally.events()));
    row(terminal, "alerts", alerts());
    if (tally.labelled()) {
      row(terminal, "precision", percent(tally.precision()) + " of the alerts are true");
      row(
          terminal,
          "recall",
          "%s of the %,d anomalous events".formatted(percent(tally.recall()), tally.anomalies()));
      kinds(terminal);
    }
    row(
        terminal,
        "throughput",
        "%,.0f events/s".formatted(eventsPerSecond)
            + (Double.isNaN(fullSpeed) ? "" : ", %,.0f at full speed".formatted(fullSpeed)));
    if (!latencyMillis.isEmpty()) {
      row(terminal, "first alert", "%.1f s after the start".formatted(firstAlertSeconds));
      row(
          terminal,
          "event to alert",
          "%.0f ms median, %.0f ms at the 99th percentile".formatted(latency(0.5), latency(0.99)));
    }
  }

  private String alerts() {
    return tally.alerts() == 0
        ? "none"
        : "%,d (one in %,d events)".formatted(tally.alerts(), tally.events() / tally.alerts());
  }

  private void kinds(Terminal terminal) {
    Map<String, Tally.Kind> kinds = new TreeMap<>(tally.kinds());
    kinds.forEach(
        (name, kind) ->
            terminal.line(
                String.format(
                    Locale.ROOT,
                    "    %-20s %5s of %,d events%s",
                    name,
                    percent(kind.alerts() / (double) kind.events()),
                    kind.events(),
                    cases(kind))));
  }

  /// Cases of hardly more than one event each, as in shuffled rows, are none.
  private static String cases(Tally.Kind kind) {
    return kind.events() < EVENTS_PER_CASE * kind.cases()
        ? ""
        : String.format(Locale.ROOT, ", %,d of %,d cases caught", kind.caught(), kind.cases());
  }

  private double latency(double quantile) {
    List<Double> sorted = latencyMillis.stream().sorted().toList();
    return sorted.get((int) Math.min(sorted.size() - 1, quantile * sorted.size()));
  }

  private static String percent(double fraction) {
    return Double.isNaN(fraction) ? "-" : "%.0f %%".formatted(100 * fraction);
  }

  private static void row(Terminal terminal, String name, String value) {
    terminal.line("  %-16s %s".formatted(name, value));
  }
}
