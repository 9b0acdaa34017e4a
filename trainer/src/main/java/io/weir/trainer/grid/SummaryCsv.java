package io.weir.trainer.grid;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Summaries as CSV, one line for each place of the grid: mean and standard deviation of every
/// metric.
final class SummaryCsv {
  private static final String HEADER =
      "preset,kind,depth,latent,beta,parameters,folds,diverged,best_fold,"
          + Stream.of("validation_", "test_")
              .flatMap(part -> Stream.of(Metric.values()).map(metric -> part + metric.label()))
              .flatMap(column -> Stream.of(column + "_mean", column + "_std"))
              .collect(Collectors.joining(","));

  private SummaryCsv() {}

  static String of(List<Summary> summaries) {
    return summaries.stream()
        .map(SummaryCsv::line)
        .collect(Collectors.joining("", HEADER + "\n", ""));
  }

  private static String line(Summary summary) {
    StringBuilder line = new StringBuilder(ScoreLine.fields(summary.variant()));
    line.append(',').append(summary.parameters()).append(',').append(summary.folds());
    line.append(',').append(summary.diverged()).append(',');
    line.append(summary.bestFold() == 0 ? "" : summary.bestFold());
    append(line, summary.validation());
    append(line, summary.test());
    return line.append('\n').toString();
  }

  private static void append(StringBuilder line, Map<Metric, Spread> spreads) {
    for (Metric metric : Metric.values()) {
      Spread spread = spreads.getOrDefault(metric, new Spread(Double.NaN, Double.NaN));
      line.append(',').append(number(spread.mean())).append(',').append(number(spread.deviation()));
    }
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : Double.toString(value);
  }
}
