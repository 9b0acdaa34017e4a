package io.weir.streams.report;

import io.weir.streams.replay.ReplayResult;
import io.weir.streams.report.Table.Cell;
import java.util.List;
import java.util.stream.Collectors;

/// What one model made of the range.
final class ModelSection {
  private static final int ROWS_SHOWN = 12;

  private final ReplayResult result;
  private final ReplayResult.Model model;
  private final int index;

  ModelSection(ReplayResult result, int index) {
    this.result = result;
    this.model = result.models().get(index);
    this.index = index;
  }

  void write(Html html) {
    String letter = HtmlReport.letter(result, index);
    String id = "model-" + index;
    html.open("section", "aria-labelledby", id);
    if (!letter.isEmpty()) {
      html.element(
          "h2", "Model %s: %s %s".formatted(letter, model.name(), model.version()), "id", id);
    } else {
      html.element("h2", "Scores and alerts", "id", id);
    }
    scores(html);
    times(html);
    html.open("div", "class", "columns");
    keys(html);
    features(html);
    html.close("div");
    highest(html);
    new SweepTable(result, index).write(html);
    html.close("section");
  }

  private void scores(Html html) {
    html.element("h3", "Scores over time");
    html.element(
        "p",
        "Median, the score that one in a hundred is above, and the highest of each step; a mark"
            + " stands where alerts were given.",
        "class",
        "hint");
    HtmlReport.chart(
        html,
        "time",
        index,
        "Scores over time with the threshold; the days are in the table below");
    html.element("h3", "Distribution of the scores");
    HtmlReport.chart(
        html,
        "histogram",
        index,
        "Number of events by score, both logarithmic; those above the threshold in another colour");
    Table table = new Table("Distribution of the scores").number("From", "To", "Events");
    model
        .histogram()
        .forEach(
            bucket ->
                table.row(
                    Cell.of(Shown.score(bucket.from())),
                    Cell.of(Shown.score(bucket.to())),
                    Cell.of(bucket.count())));
    details(html, "The buckets as a table", table);
  }

  private void times(Html html) {
    html.element("h3", "Alerts by hour of the day (UTC)");
    long most =
        Math.max(1, max(model.hours().stream().map(ReplayResult.HourCount::alerts).toList()));
    Table hours = new Table("By hour of the day, in UTC").line("Hour");
    model.hours().forEach(hour -> hours.number("%02d".formatted(hour.hour())));
    WeekHours.rows(model.overTime()).forEach(hours::row);
    hours.row(
        hours(
            "Alerts",
            model.hours().stream()
                .map(h -> Cell.heat(Shown.count(h.alerts()), (double) h.alerts() / most))
                .toList()));
    hours.row(hours("Anomalous", model.hours().stream().map(h -> Cell.of(h.anomalous())).toList()));
    hours.row(hours("Events", model.hours().stream().map(h -> Cell.of(h.events())).toList()));
    html.open("div", "class", "hours");
    hours.write(html);
    html.close("div");
    html.element("h3", "Alerts by day (UTC)");
    HtmlReport.chart(html, "days", index, "Alerts by day; the numbers are in the table below");
    Table days = new Table("By day, in UTC").line("Day").number("Events", "Anomalous", "Alerts");
    model
        .days()
        .forEach(
            day ->
                days.row(
                    Cell.of(day.day()),
                    Cell.of(day.events()),
                    Cell.of(day.anomalous()),
                    Cell.of(day.alerts())));
    details(html, "The days as a table", days);
  }

  private static Cell[] hours(String name, List<Cell> cells) {
    Cell[] row = new Cell[cells.size() + 1];
    row[0] = Cell.of(name);
    for (int i = 0; i < cells.size(); i++) {
      row[i + 1] = cells.get(i);
    }
    return row;
  }

  private static long max(List<Long> counts) {
    return counts.stream().mapToLong(Long::longValue).max().orElse(0);
  }

  private void keys(Html html) {
    html.open("div").element("h3", "Keys with the most alerts");
    long most = Math.max(1, max(model.keys().stream().map(ReplayResult.KeyCount::alerts).toList()));
    Table shown = keyTable("Keys with the most alerts");
    Table more = keyTable("Further keys");
    for (int i = 0; i < model.keys().size(); i++) {
      ReplayResult.KeyCount key = model.keys().get(i);
      (i < ROWS_SHOWN ? shown : more)
          .row(
              Cell.of(Shown.key(key.key())),
              Cell.bar(Shown.count(key.alerts()), (double) key.alerts() / most),
              Cell.of(Shown.score(key.highest())));
    }
    orNone(html, shown, "No alert, so no key.");
    if (!more.isEmpty()) {
      details(html, "Further keys", more);
    }
    if (model.otherKeys() > 0) {
      html.element(
          "p", Shown.count(model.otherKeys()) + " alerts are of other keys.", "class", "hint");
    }
    html.close("div");
  }

  private static Table keyTable(String caption) {
    return new Table(caption).text("Key").number("Alerts", "Highest score");
  }

  private void features(Html html) {
    html.open("div").element("h3", "Features that explain the alerts");
    double most =
        model.features().stream()
            .mapToDouble(ReplayResult.FeatureShare::share)
            .reduce(1e-9, Math::max);
    Table table =
        new Table("Features that explain the alerts")
            .text("Feature")
            .number("Share", "Alerts", "First");
    model.features().stream()
        .limit(2 * ROWS_SHOWN)
        .forEach(
            feature ->
                table.row(
                    Cell.of(feature.name()),
                    Cell.bar(Shown.percent(feature.share()), feature.share() / most),
                    Cell.of(feature.alerts()),
                    Cell.of(feature.first())));
    orNone(html, table, "No alert, so no feature.");
    html.close("div");
  }

  private void highest(Html html) {
    html.element("h3", "Highest alerts");
    Table table =
        new Table("Highest alerts")
            .line("Severity", "Time (UTC)")
            .text("Key", "Why")
            .number("Score", "Rarity")
            .line("Event");
    model
        .highest()
        .forEach(
            alert ->
                table.row(
                    Cell.of(alert.severity()),
                    Cell.of(Shown.time(alert.time())),
                    Cell.of(Shown.key(alert.key())),
                    Cell.of(why(alert)),
                    Cell.of(Shown.score(alert.score())),
                    Cell.of(Shown.rarity(alert.rarity())),
                    Cell.of(alert.topic() + "/" + alert.partition() + "/" + alert.offset())));
    orNone(html, table, "No alert.");
  }

  private static String why(ReplayResult.AlertSample alert) {
    if (alert.sentence() != null && !alert.sentence().isEmpty()) {
      return alert.sentence();
    }
    return alert.features().stream()
        .map(f -> "%s %s (expected %s)".formatted(f.name(), text(f.actual()), text(f.expected())))
        .collect(Collectors.joining("; "));
  }

  private static String text(String value) {
    return value == null ? "missing" : value;
  }

  static void orNone(Html html, Table table, String none) {
    if (table.isEmpty()) {
      html.element("p", none, "class", "hint");
    } else {
      table.write(html);
    }
  }

  static void details(Html html, String summary, Table table) {
    html.open("details").element("summary", summary);
    table.write(html);
    html.close("details");
  }
}
