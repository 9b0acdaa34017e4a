package io.weir.streams.report;

import io.weir.streams.replay.ReplayResult;
import io.weir.streams.report.Table.Cell;
import java.util.List;

/// Two models on the same events.
final class ComparisonSection {
  private final ReplayResult.Comparison comparison;
  private final ReplayResult result;

  ComparisonSection(ReplayResult result) {
    this.result = result;
    this.comparison = result.comparison();
  }

  void write(Html html) {
    html.open("section", "aria-labelledby", "comparison");
    html.element("h2", "Both models", "id", "comparison");
    html.element(
        "p",
        "A is %s, B is %s, compared on the %s events that both scored. Rank correlation of the scores (Spearman): %s, %s."
            .formatted(
                name(0),
                name(1),
                Shown.count(comparison.events()),
                comparison.rankCorrelation() == null
                    ? "none, the scores are constant"
                    : Shown.score(comparison.rankCorrelation()),
                (comparison.rankedAll() ? "of all " : "of a sample of ")
                    + Shown.count(comparison.rankedEvents())));
    overlap(html, "Alerts", comparison.alerts());
    overlap(html, "Anomalous events", comparison.anomalous());
    html.open("div", "class", "columns").open("div").element("h3", "Alerts by day");
    HtmlReport.chart(html, "overlap", 0, "Alerts of both and of one model by day");
    days(html);
    html.close("div").open("div").element("h3", "Score of B by score of A");
    HtmlReport.chart(html, "scatter", 0, "Scores of both models for some events, logarithmic");
    html.close("div").close("div");
    severities(html);
    html.open("div", "class", "columns");
    only(html, "A", comparison.highestOnlyA());
    only(html, "B", comparison.highestOnlyB());
    html.close("div").close("section");
  }

  private String name(int model) {
    return result.models().get(model).name() + " " + result.models().get(model).version();
  }

  private static void overlap(Html html, String what, ReplayResult.Overlap overlap) {
    double all = Math.max(1, overlap.both() + overlap.onlyA() + overlap.onlyB());
    html.open(
        "div",
        "class",
        "overlap",
        "role",
        "img",
        "aria-label",
        "%s: %s of A only, %s of both, %s of B only"
            .formatted(
                what,
                Shown.count(overlap.onlyA()),
                Shown.count(overlap.both()),
                Shown.count(overlap.onlyB())));
    html.element("span", what, "class", "what");
    part(html, "a", "only A", overlap.onlyA(), all);
    part(html, "both", "both", overlap.both(), all);
    part(html, "b", "only B", overlap.onlyB(), all);
    html.close("div");
  }

  private static void part(Html html, String kind, String name, long count, double all) {
    html.open(
        "span", "class", "part " + kind, "style", "flex-grow:" + Math.round(1_000 * count / all));
    html.text(Shown.count(count) + " " + name).close("span");
  }

  private void days(Html html) {
    Table table = new Table("Alerts by day").line("Day").number("Both", "Only A", "Only B");
    comparison
        .days()
        .forEach(
            day ->
                table.row(
                    Cell.of(day.day()),
                    Cell.of(day.both()),
                    Cell.of(day.onlyA()),
                    Cell.of(day.onlyB())));
    ModelSection.details(html, "The days as a table", table);
  }

  private void severities(Html html) {
    html.element("h3", "Severity by A (rows) and by B (columns)");
    Table table = new Table("Severity by A and by B").text("A \\ B");
    comparison.severityNames().forEach(table::number);
    double most =
        Math.log1p(
            comparison.severities().stream()
                .flatMap(List::stream)
                .mapToLong(Long::longValue)
                .max()
                .orElse(1));
    for (int i = 0; i < comparison.severities().size(); i++) {
      List<Long> counts = comparison.severities().get(i);
      Cell[] row = new Cell[counts.size() + 1];
      row[0] = Cell.of(comparison.severityNames().get(i));
      for (int j = 0; j < counts.size(); j++) {
        long count = counts.get(j);
        row[j + 1] = Cell.heat(Shown.count(count), most == 0 ? 0 : Math.log1p(count) / most);
      }
      table.row(row);
    }
    table.write(html);
  }

  private static void only(Html html, String letter, List<ReplayResult.Disagreement> events) {
    html.open("div").element("h3", "Highest alerts of " + letter + " only");
    Table table =
        new Table("Highest alerts of " + letter + " only")
            .line("Time (UTC)")
            .text("Key")
            .number("Score A", "Score B")
            .line("Event");
    events.forEach(
        event ->
            table.row(
                Cell.of(Shown.time(event.time())),
                Cell.of(Shown.key(event.key())),
                Cell.of(Shown.score(event.a())),
                Cell.of(Shown.score(event.b())),
                Cell.of(event.topic() + "/" + event.partition() + "/" + event.offset())));
    ModelSection.orNone(html, table, "None.");
    html.close("div");
  }
}
