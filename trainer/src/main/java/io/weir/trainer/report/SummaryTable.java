package io.weir.trainer.report;

import io.weir.trainer.config.Variant;
import io.weir.trainer.grid.Metric;
import io.weir.trainer.grid.Spread;
import io.weir.trainer.grid.Summary;
import io.weir.trainer.report.Table.Column;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/// The places of a grid as a table, one line each: what the folds gave as mean ± standard
/// deviation. Columns that say nothing are left out, and so is the loss, which is not comparable
/// between betas: its terms are here.
public final class SummaryTable {
  private record Cells(Column column, Function<Summary, String> cell) {}

  private SummaryTable() {}

  /// What the folds held out.
  public static String validation(List<Summary> summaries) {
    return table(summaries, Summary::validation, true);
  }

  /// The test rows, measured by the networks of all folds.
  public static String test(List<Summary> summaries) {
    return table(summaries, Summary::test, false);
  }

  private static String table(
      List<Summary> summaries, Function<Summary, Map<Metric, Spread>> part, boolean choosing) {
    List<Cells> all = new ArrayList<>();
    long presets = distinct(summaries, Variant::preset);
    if (presets > 1) {
      all.add(new Cells(Column.left("preset"), s -> s.variant().preset().label()));
    }
    if (presets == 1 || distinct(summaries, v -> List.of(v.preset(), v.kind())) > presets) {
      all.add(new Cells(Column.left("kind"), s -> s.variant().kindName()));
    }
    setting(all, summaries, "depth", Variant::depth);
    setting(all, summaries, "latent", Variant::latent);
    setting(all, summaries, "beta", Variant::beta);
    all.add(new Cells(Column.right("parameters"), s -> "%,d".formatted(s.parameters())));
    for (Metric metric : EnumSet.complementOf(EnumSet.of(Metric.LOSS))) {
      if (summaries.stream().anyMatch(s -> part.apply(s).containsKey(metric))) {
        all.add(new Cells(Column.right(heading(metric)), s -> cell(part.apply(s).get(metric))));
      }
    }
    if (choosing) {
      all.add(new Cells(Column.right("folds"), SummaryTable::folds));
      all.add(
          new Cells(
              Column.right("best fold"),
              s -> s.bestFold() == 0 ? "-" : Integer.toString(s.bestFold())));
    }
    Table table = new Table(all.stream().map(Cells::column).toArray(Column[]::new));
    for (Summary summary : summaries) {
      table.row(all.stream().map(cells -> cells.cell().apply(summary)).toArray());
    }
    return table.toString();
  }

  private static long distinct(List<Summary> summaries, Function<Variant, Object> value) {
    return summaries.stream().map(s -> value.apply(s.variant())).distinct().count();
  }

  private static void setting(
      List<Cells> all, List<Summary> summaries, String name, Function<Variant, Object> value) {
    if (summaries.stream().map(s -> value.apply(s.variant())).anyMatch(Objects::nonNull)) {
      all.add(
          new Cells(
              Column.right(name),
              s -> Objects.requireNonNullElse(value.apply(s.variant()), "-").toString()));
    }
  }

  private static String heading(Metric metric) {
    return switch (metric) {
      case LOSS -> "loss";
      case RECONSTRUCTION_LOSS -> "reconstruction";
      case KL_DIVERGENCE -> "KL";
      case MSE -> "MSE";
      case L1 -> "L1";
      case BCE -> "BCE";
    };
  }

  private static String cell(Spread spread) {
    if (spread == null) {
      return "-";
    }
    String mean = "%.4g".formatted(spread.mean());
    return Double.isNaN(spread.deviation())
        ? mean
        : "%s ± %.2g".formatted(mean, spread.deviation());
  }

  private static String folds(Summary summary) {
    return summary.diverged() == 0
        ? Integer.toString(summary.folds())
        : "%d, %d diverged".formatted(summary.folds(), summary.diverged());
  }
}
