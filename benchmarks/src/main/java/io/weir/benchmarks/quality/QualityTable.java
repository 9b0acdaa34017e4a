package io.weir.benchmarks.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A Markdown table of one metric: settings of Weir beside baselines, percent, means over the
/// seeds.
///
/// @param metric as the baselines name it
/// @param settings names of Weir's columns
/// @param methods of the baselines, one column each
record QualityTable(
    String metric,
    ToDoubleFunction<Run> value,
    List<String> settings,
    List<String> methods,
    Baselines baselines) {

  String header() {
    List<String> names = Stream.concat(settings.stream(), methods.stream()).toList();
    return "| %s | %s |\n|---%s|"
        .formatted(
            metric.toUpperCase(Locale.ROOT),
            String.join(" | ", names),
            "|---:".repeat(names.size()));
  }

  /// @param runs of one set: those of each setting
  String row(List<List<Run>> runs) {
    return line(runs.getFirst().getFirst().set(), cells(runs));
  }

  /// @param sets of each set what [#row] takes
  String meanRow(List<List<List<Run>>> sets) {
    List<List<Double>> cells = sets.stream().map(this::cells).toList();
    return line(
        "**mean of %d**".formatted(sets.size()),
        IntStream.range(0, settings.size() + methods.size())
            .mapToObj(i -> mean(cells.stream().mapToDouble(row -> row.get(i))))
            .toList());
  }

  private List<Double> cells(List<List<Run>> runs) {
    String set = runs.getFirst().getFirst().set();
    List<Double> cells = new ArrayList<>();
    runs.forEach(ofSetting -> cells.add(mean(ofSetting.stream().mapToDouble(value))));
    methods.forEach(method -> cells.add(baselines.mean(set, method, metric)));
    return cells;
  }

  private static double mean(DoubleStream values) {
    return values.average().orElseThrow();
  }

  private static String line(String name, List<Double> cells) {
    return "| %s | %s |"
        .formatted(
            name,
            String.join(" | ", cells.stream().map(cell -> "%.1f".formatted(100 * cell)).toList()));
  }
}
