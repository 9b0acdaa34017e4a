package io.weir.trainer.grid;

import io.weir.trainer.config.Variant;
import io.weir.trainer.grid.FoldScore.Outcome;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// What all folds of one place of the grid say together.
///
/// @param folds how many were trained to the end
/// @param diverged how many were not; they count in nothing else
/// @param bestFold the one of the lowest validation loss; 0 if there is none
/// @param validation over the folds
/// @param test over the folds, of the same test rows; empty without any
public record Summary(
    Variant variant,
    long parameters,
    int folds,
    int diverged,
    int bestFold,
    Map<Metric, Spread> validation,
    Map<Metric, Spread> test) {

  /// @param scores of the same variant, at least one
  static Summary of(Variant variant, List<FoldScore> scores) {
    List<FoldScore> completed =
        scores.stream().filter(s -> s.outcome() == Outcome.COMPLETED).toList();
    int best =
        completed.stream()
            .min(Comparator.comparingDouble(s -> s.validation().get(Metric.LOSS)))
            .map(FoldScore::fold)
            .orElse(0);
    return new Summary(
        variant,
        scores.getFirst().parameters(),
        completed.size(),
        scores.size() - completed.size(),
        best,
        spreads(completed, FoldScore::validation),
        spreads(completed, FoldScore::test));
  }

  private static Map<Metric, Spread> spreads(
      List<FoldScore> scores, Function<FoldScore, Map<Metric, Double>> part) {
    Map<Metric, Spread> spreads = new EnumMap<>(Metric.class);
    for (Metric metric : Metric.values()) {
      List<Map<Metric, Double>> all = scores.stream().map(part).toList();
      if (!all.isEmpty() && all.stream().allMatch(values -> values.containsKey(metric))) {
        spreads.put(metric, Spread.of(all.stream().map(values -> values.get(metric)).toList()));
      }
    }
    return Collections.unmodifiableMap(spreads);
  }
}
