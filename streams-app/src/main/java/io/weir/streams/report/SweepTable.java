package io.weir.streams.report;

import io.weir.streams.replay.ReplayResult;
import io.weir.streams.report.Table.Cell;
import java.util.Arrays;

/// What other thresholds would have given.
final class SweepTable {
  private final ReplayResult result;
  private final ReplayResult.Model model;
  private final int index;

  SweepTable(ReplayResult result, int index) {
    this.result = result;
    this.model = result.models().get(index);
    this.index = index;
  }

  void write(Html html) {
    if (model.sweep().size() < 2 && model.sweepLeftOut().isEmpty()) {
      return;
    }
    boolean labelled = result.labels() != null;
    html.element("h3", "Other thresholds");
    html.element(
        "p",
        labelled
            ? "Alerts a day, precision and recall by threshold. Each row is what a replay with it"
                + " alone would have given."
            : "Alerts a day by threshold. Each row is what a replay with it alone would have"
                + " given.",
        "class",
        "hint");
    if (model.sweep().size() > 1) {
      HtmlReport.chart(
          html, "sweep", index, "Alerts a day by threshold; the numbers are in the table below");
    }
    Table table =
        new Table("Thresholds")
            .text("Policy")
            .number("Threshold", "Alerts", "Alerts a day", "Anomalous", "Incidents", "Suppressed");
    if (labelled) {
      table.number("Precision", "Recall", "F1", "Segments caught");
    }
    for (ReplayResult.SweepRow row : model.sweep()) {
      table.row(labelled ? labelled(row) : plain(row));
    }
    table.write(html);
    if (!model.sweepLeftOut().isEmpty()) {
      html.open("ul", "class", "hint");
      model.sweepLeftOut().forEach(reason -> html.element("li", "Left out: " + reason));
      html.close("ul");
    }
  }

  private Cell[] plain(ReplayResult.SweepRow row) {
    String own = row.equals(model.sweep().getFirst()) ? " (this replay)" : "";
    return new Cell[] {
      Cell.of(row.policy() + own),
      Cell.of(Shown.score(row.value())),
      Cell.of(row.alerts()),
      Cell.of(Shown.rate(row.alertsPerDay())),
      Cell.of(row.anomalous()),
      Cell.of(row.incidents()),
      Cell.of(row.suppressed())
    };
  }

  private Cell[] labelled(ReplayResult.SweepRow row) {
    Cell[] plain = plain(row);
    Cell[] all = Arrays.copyOf(plain, plain.length + 4);
    ReplayResult.Agreement agreement = row.labelled();
    boolean known = agreement != null;
    all[plain.length] = Cell.of(known ? Shown.percent(agreement.precision()) : "-");
    all[plain.length + 1] = Cell.of(known ? Shown.percent(agreement.recall()) : "-");
    all[plain.length + 2] = Cell.of(known ? Shown.percent(agreement.f1()) : "-");
    all[plain.length + 3] =
        Cell.of(
            known
                ? Shown.count(agreement.segmentsCaught())
                    + " of "
                    + Shown.count(result.labels().segments())
                : "-");
    return all;
  }
}
