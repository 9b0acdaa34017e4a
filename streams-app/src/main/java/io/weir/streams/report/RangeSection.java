package io.weir.streams.report;

import io.weir.streams.replay.ReplayResult;
import io.weir.streams.report.Table.Cell;

/// What was replayed.
final class RangeSection {
  private final ReplayResult.Range range;
  private final ReplayResult.Labels labels;

  RangeSection(ReplayResult result) {
    this.range = result.range();
    this.labels = result.labels();
  }

  void write(Html html) {
    html.open("section", "aria-labelledby", "range");
    html.element("h2", "What was replayed", "id", "range");
    html.element(
        "p",
        "From %s to %s, %s, warm-up from %s."
            .formatted(range.from(), range.to(), range.isolation(), range.warmUp()));
    if (labels != null) {
      html.element(
          "p",
          "Labels from %s: %s events in %s segments%s."
              .formatted(
                  labels.source(),
                  Shown.count(labels.events()),
                  Shown.count(labels.segments()),
                  labels.unscored() == 0
                      ? ""
                      : ", " + Shown.count(labels.unscored()) + " of them without a score"));
    }
    Table table =
        new Table("Partitions")
            .line("Partition")
            .number("First offset", "End offset", "Events", "Warm-up events", "Deleted offsets")
            .line("First event (UTC)", "Last event (UTC)");
    range
        .partitions()
        .forEach(
            p ->
                table.row(
                    Cell.of(p.topic() + "-" + p.partition()),
                    Cell.of(p.first()),
                    Cell.of(p.end()),
                    Cell.of(p.events()),
                    Cell.of(p.warmUpEvents()),
                    Cell.of(p.deletedOffsets()),
                    Cell.of(Shown.time(p.firstTime())),
                    Cell.of(Shown.time(p.lastTime()))));
    table.write(html);
    html.close("section");
  }
}
