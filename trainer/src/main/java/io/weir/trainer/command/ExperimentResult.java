package io.weir.trainer.command;

import io.weir.trainer.config.Variant;
import io.weir.trainer.grid.Metric;
import io.weir.trainer.grid.Spread;
import io.weir.trainer.grid.Summary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What an experiment found, as `--output json` prints it.
///
/// @param out the folder of its files
/// @param rows that the folds divide
/// @param testRows null without a test set
/// @param trainings that the grid and the folds ask for
/// @param done of them; all, unless Ctrl-C ended the experiment
record ExperimentResult(
    String out,
    int rows,
    Integer testRows,
    int folds,
    int trainings,
    int done,
    boolean interrupted,
    List<Place> grid,
    double seconds) {

  /// One place of the grid.
  ///
  /// @param depth null, as `latent` and `beta`, where the preset decides
  /// @param folds that were trained to their end
  /// @param bestFold of the lowest validation loss; null if there is none
  /// @param validation metric to its mean and standard deviation over the folds
  record Place(
      String preset,
      String kind,
      Integer depth,
      String latent,
      Double beta,
      long parameters,
      int folds,
      int diverged,
      Integer bestFold,
      Map<String, MeanAndDeviation> validation,
      Map<String, MeanAndDeviation> test) {
    static Place of(Summary summary) {
      Variant variant = summary.variant();
      return new Place(
          variant.preset().label(),
          variant.kindName(),
          variant.depth(),
          variant.latent(),
          variant.beta(),
          summary.parameters(),
          summary.folds(),
          summary.diverged(),
          summary.bestFold() == 0 ? null : summary.bestFold(),
          named(summary.validation()),
          named(summary.test()));
    }

    private static Map<String, MeanAndDeviation> named(Map<Metric, Spread> spreads) {
      Map<String, MeanAndDeviation> named = new LinkedHashMap<>();
      spreads.forEach(
          (metric, spread) ->
              named.put(
                  metric.label(),
                  new MeanAndDeviation(
                      spread.mean(),
                      Double.isNaN(spread.deviation()) ? null : spread.deviation())));
      return named;
    }
  }

  /// @param std sample standard deviation; null with one fold
  record MeanAndDeviation(double mean, Double std) {}
}
