package io.weir.streams.report;

import io.weir.streams.replay.ReplayResult;
import io.weir.streams.report.Table.Cell;
import java.util.Map;
import java.util.stream.Collectors;

/// The numbers to read first.
final class Overview {
  private final ReplayResult result;

  Overview(ReplayResult result) {
    this.result = result;
  }

  void write(Html html) {
    html.open("section", "aria-labelledby", "overview");
    html.element("h2", "At a glance", "id", "overview");
    for (int i = 0; i < result.models().size(); i++) {
      tiles(html, i);
    }
    models(html);
    html.close("section");
  }

  private void tiles(Html html, int index) {
    ReplayResult.Model model = result.models().get(index);
    ReplayResult.Counts counts = model.counts();
    String letter = HtmlReport.letter(result, index);
    html.open("dl", "class", "tiles");
    if (!letter.isEmpty()) {
      tile(html, "Model", letter, model.name() + " " + model.version());
    }
    tile(
        html,
        "Events",
        Shown.count(result.range().events()),
        Shown.count(counts.scored()) + " scored");
    tile(html, "Alerts", Shown.count(counts.alerts()), named(counts.alertsBySeverity()));
    tile(html, "Alerts a day", Shown.rate(perDay(model)), "over the whole range");
    tile(
        html,
        "Anomalous",
        Shown.count(counts.anomalous()),
        counts.suppressed().isEmpty()
            ? "none suppressed"
            : "suppressed: " + named(counts.suppressed()));
    tile(
        html,
        "Bad records",
        Shown.count(counts.bad().values().stream().mapToLong(Long::longValue).sum()),
        counts.bad().isEmpty() ? "none" : named(counts.bad()));
    html.close("dl");
  }

  private static Double perDay(ReplayResult.Model model) {
    return model.sweep().isEmpty() ? null : model.sweep().getFirst().alertsPerDay();
  }

  private static void tile(Html html, String name, String value, String more) {
    html.open("div").element("dt", name).element("dd", value).element("dd", more, "class", "more");
    html.close("div");
  }

  /// Such as `6 HIGH, 2 CRITICAL`; what there is none of is left out.
  static String named(Map<String, Long> counts) {
    String text =
        counts.entrySet().stream()
            .filter(e -> e.getValue() > 0)
            .map(e -> Shown.count(e.getValue()) + " " + e.getKey())
            .collect(Collectors.joining(", "));
    return text.isEmpty() ? "none" : text;
  }

  private void models(Html html) {
    Table table =
        new Table("Models and thresholds")
            .text("Model", "File", "SHA-256", "Policy", "Segment")
            .number("Threshold");
    for (int i = 0; i < result.models().size(); i++) {
      ReplayResult.Model model = result.models().get(i);
      String letter = HtmlReport.letter(result, i);
      for (ReplayResult.Threshold threshold : model.thresholds()) {
        table.row(
            Cell.of((letter + " " + model.name() + " " + model.version()).strip()),
            Cell.of(model.file()),
            Cell.of(model.sha256().substring(0, Math.min(12, model.sha256().length()))),
            Cell.of(threshold.policy()),
            Cell.of(threshold.segment() == null ? "all" : threshold.segment()),
            Cell.of(Shown.score(threshold.value())));
      }
    }
    table.write(html);
  }
}
