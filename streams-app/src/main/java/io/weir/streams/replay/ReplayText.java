package io.weir.streams.replay;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A result for people, in some lines.
public final class ReplayText {
  private final List<String> lines = new ArrayList<>();

  private ReplayText() {}

  /// The lines.
  public static List<String> of(ReplayResult result) {
    ReplayText text = new ReplayText();
    text.range(result);
    for (ReplayResult.Model model : result.models()) {
      text.model(model, result.labels() != null);
    }
    if (result.comparison() != null) {
      text.comparison(result.comparison());
    }
    result.notes().forEach(note -> text.add("Note: %s", note));
    return text.lines;
  }

  private void range(ReplayResult result) {
    ReplayResult.Range range = result.range();
    add(
        "Replay %s: %,d events of %d partitions, from %s to %s",
        result.id(), range.events(), range.partitions().size(), range.from(), range.to());
    if (range.firstTime() != null) {
      add("  times      %s to %s", time(range.firstTime()), time(range.lastTime()));
    }
    long warmUp = range.partitions().stream().mapToLong(ReplayResult.Partition::warmUpEvents).sum();
    if (warmUp > 0) {
      add("  warm-up    %,d events before, from %s on", warmUp, range.warmUp());
    }
    if (result.labels() != null) {
      add(
          "  labels     %,d anomalous events in %,d segments (%s)",
          result.labels().events(), result.labels().segments(), result.labels().source());
    }
  }

  private void model(ReplayResult.Model model, boolean labels) {
    ReplayResult.Counts counts = model.counts();
    add("");
    add("%s %s  %s", model.name(), model.version(), model.sha256().substring(0, 12));
    add("  scored     %,d", counts.scored());
    if (counts.unscored() > 0) {
      add("  unscored   %,d, their windows were not full", counts.unscored());
    }
    if (!counts.bad().isEmpty()) {
      add("  bad        %s", named(counts.bad()));
    }
    add("  anomalous  %,d", counts.anomalous());
    add("  alerts     %,d: %s", counts.alerts(), named(counts.alertsBySeverity()));
    if (!counts.suppressed().isEmpty()) {
      add("  suppressed %s", named(counts.suppressed()));
    }
    add("");
    add(
        "  %-18s %12s %12s %12s %12s%s",
        "threshold",
        "score",
        "anomalous",
        "alerts",
        "alerts/day",
        labels ? "%10s %8s %8s %9s".formatted("precision", "recall", "F1", "segments") : "");
    for (ReplayResult.SweepRow row : model.sweep()) {
      add(
          "  %-18s %12s %,12d %,12d %12s%s",
          row.policy(),
          number(row.value()),
          row.anomalous(),
          row.alerts(),
          number(row.alertsPerDay()),
          row.labelled() == null ? "" : agreement(row.labelled()));
    }
    model.sweepLeftOut().forEach(reason -> add("  left out: %s", reason));
  }

  private static String agreement(ReplayResult.Agreement labelled) {
    return "%10s %8s %8s %,9d"
        .formatted(
            share(labelled.precision()),
            share(labelled.recall()),
            share(labelled.f1()),
            labelled.segmentsCaught());
  }

  private void comparison(ReplayResult.Comparison comparison) {
    add("");
    add("Both models scored %,d events", comparison.events());
    add("  anomalous  %s", overlap(comparison.anomalous()));
    add("  alerts     %s", overlap(comparison.alerts()));
    add(
        "  rank correlation of the scores: %s (Spearman, %,d events%s)",
        comparison.rankCorrelation() == null ? "none" : share(comparison.rankCorrelation()),
        comparison.rankedEvents(),
        comparison.rankedAll() ? "" : ", a sample");
    for (ReplayResult.DayOverlap day : comparison.days()) {
      add(
          "  %s %s",
          day.day(), overlap(new ReplayResult.Overlap(day.both(), day.onlyA(), day.onlyB())));
    }
  }

  private static String overlap(ReplayResult.Overlap overlap) {
    return "%,d both, %,d only the first, %,d only the second"
        .formatted(overlap.both(), overlap.onlyA(), overlap.onlyB());
  }

  private static String named(Map<String, Long> counts) {
    return String.join(
        ", ",
        counts.entrySet().stream()
            .map(count -> "%,d %s".formatted(count.getValue(), count.getKey()))
            .toList());
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }

  private static String number(Double value) {
    return value == null ? "-" : String.format(Locale.ROOT, "%.5g", value);
  }

  private static String share(Double value) {
    return value == null ? "-" : String.format(Locale.ROOT, "%.4f", value);
  }

  private void add(String form, Object... values) {
    lines.add(String.format(Locale.ROOT, form, values));
  }
}
