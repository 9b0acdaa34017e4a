package io.weir.trainer.command;

import io.weir.schemas.card.ModelCard.History;
import io.weir.trainer.config.Recipe;
import io.weir.trainer.data.Dataset;
import io.weir.trainer.data.bulk.RowValues;
import io.weir.trainer.data.bulk.Storage;
import io.weir.trainer.data.prepare.Preprocessor;
import io.weir.trainer.engine.network.NetworkSpec;
import io.weir.trainer.fit.EpochLoss;
import io.weir.trainer.fit.Fit;
import io.weir.trainer.fit.FitListener;
import io.weir.trainer.fit.FitResult;
import io.weir.trainer.fit.FitSettings;
import io.weir.trainer.fit.InputRows;
import io.weir.trainer.fit.TrainingRows;
import io.weir.trainer.measure.ScoreSample;
import io.weir.trainer.onnx.TrainedDetector;
import io.weir.trainer.publish.Judgement;
import io.weir.trainer.publish.Provenance;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// The way of the training rows, from raw values to a network that can be published.
final class Training {
  /// Fractions of the rows that the card's thresholds let pass; the first is the default.
  private static final List<Double> PASSING = List.of(0.999, 0.99, 0.9999);

  private final Recipe recipe;
  private final FitSettings settings;
  private final Dataset rows;
  private final Storage storage;
  private final Preprocessor preprocessor;
  private final NetworkSpec network;

  /// @param storage decides whether rows are preprocessed and shuffled as a whole or in blocks
  Training(Recipe recipe, FitSettings settings, Dataset rows, Storage storage) {
    this.recipe = recipe;
    this.settings = settings;
    this.rows = rows;
    this.storage = storage;
    this.preprocessor = Preprocessor.fit(rows.features(), rows.treatments(), rows.raw());
    this.network = recipe.network(preprocessor.inputs());
  }

  NetworkSpec network() {
    return network;
  }

  FitResult fit(FitListener listener) {
    TrainingRows training =
        new TrainingRows(
            InputRows.of(rows.raw(), preprocessor, storage), rows.weights(), rows.labels());
    return new Fit().run(network, recipe.objective(), training, settings, listener);
  }

  /// What is published: the score ranks rows as the loss does.
  TrainedDetector detector(FitResult result) {
    return new TrainedDetector(
        preprocessor, network, result.parameters(), recipe.objective(), recipe.klWeight());
  }

  /// [rows x features] what the network was fitted to.
  RowValues fittedRows(FitResult result) {
    int[] held = result.validationRows();
    int[] fitted =
        IntStream.range(0, rows.rows()).filter(row -> Arrays.binarySearch(held, row) < 0).toArray();
    return rows.raw().select(fitted);
  }

  /// [rows x features] what was held out; without validation, what the network was fitted to.
  RowValues judgedRows(FitResult result) {
    int[] held = result.validationRows();
    return held.length == 0 ? rows.raw() : rows.raw().select(held);
  }

  /// The distribution and the thresholds that scores of normal rows stand for.
  static Judgement judge(float[] scores) {
    ScoreSample sample = ScoreSample.of(scores);
    return new Judgement(
        sample.distribution(), PASSING.stream().map(sample::quantileThreshold).toList());
  }

  Provenance.Settings provenance() {
    return new Provenance.Settings(
        "adam",
        recipe.schedule().adam().learningRate(),
        settings.batch(),
        settings.epochs(),
        settings.validation(),
        settings.seed());
  }

  /// @param timed whether the wall time is told, which no second run repeats
  static History history(FitResult result, boolean timed) {
    EpochLoss best = result.best();
    double seconds = result.history().stream().mapToDouble(EpochLoss::seconds).sum();
    return new History(
        result.history().size(),
        result.bestEpoch(),
        best.loss(),
        best.reconstructionLoss(),
        best.klDivergence(),
        Double.isNaN(best.validationLoss()) ? null : best.validationLoss(),
        timed ? seconds : 0);
  }
}
