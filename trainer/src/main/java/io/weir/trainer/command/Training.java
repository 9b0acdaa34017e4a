package io.weir.trainer.command;

import io.weir.schemas.card.ModelCard.History;
import io.weir.schemas.card.ModelCard.Threshold;
import io.weir.schemas.card.ModelCard.Window;
import io.weir.trainer.config.Recipe;
import io.weir.trainer.data.Dataset;
import io.weir.trainer.data.bulk.RowValues;
import io.weir.trainer.data.bulk.Storage;
import io.weir.trainer.data.prepare.Preprocessor;
import io.weir.trainer.engine.layer.LayerParameters;
import io.weir.trainer.engine.network.NetworkSpec;
import io.weir.trainer.fit.EpochLoss;
import io.weir.trainer.fit.EpochLoss.Classification;
import io.weir.trainer.fit.Fit;
import io.weir.trainer.fit.FitListener;
import io.weir.trainer.fit.FitResult;
import io.weir.trainer.fit.FitSettings;
import io.weir.trainer.fit.InputRows;
import io.weir.trainer.fit.Split;
import io.weir.trainer.fit.TrainingRows;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.loss.Reconstruction;
import io.weir.trainer.onnx.TrainedDetector;
import io.weir.trainer.publish.Judgement;
import io.weir.trainer.publish.PublishedModel;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// The way of the training rows, from raw values to a network that can be published.
final class Training {
  /// Where a classifier holds both kinds for equally likely.
  private static final Threshold EVEN = new Threshold("value:0.5", 0.5);

  private final Objective objective;
  private final FitSettings settings;
  private final Dataset rows;
  private final Storage storage;
  private final Preprocessor preprocessor;
  private final NetworkSpec network;
  private final Optional<List<LayerParameters>> start;
  private final Optional<Window> window;
  private final Optional<Split> split;

  private Training(
      Objective objective,
      FitSettings settings,
      Dataset rows,
      Storage storage,
      Preprocessor preprocessor,
      NetworkSpec network,
      Optional<List<LayerParameters>> start,
      Optional<Window> window,
      Optional<Split> split) {
    this.objective = objective;
    this.settings = settings;
    this.rows = rows;
    this.storage = storage;
    this.preprocessor = preprocessor;
    this.network = network;
    this.start = start;
    this.window = window;
    this.split = split;
  }

  /// Of a new network. Where anomalies train, too, the statistics of the preprocessing are still
  /// those of the normal rows, unless the loss wants every input in [0, 1].
  ///
  /// @param window what makes a row of several events
  /// @param split which rows are held out; empty to have them drawn
  static Training fresh(
      Recipe recipe,
      Optional<Window> window,
      FitSettings settings,
      Dataset rows,
      Optional<Split> split,
      Storage storage) {
    boolean bounded = recipe.objective().reconstruction() == Reconstruction.BCE;
    RowValues scaled =
        recipe.supervised() && !bounded
            ? rows.raw().select(normal(rows, IntStream.range(0, rows.rows())))
            : rows.raw();
    int steps = window.map(Window::steps).orElse(1);
    Preprocessor preprocessor = Preprocessor.fit(rows.features(), rows.treatments(), scaled);
    return new Training(
        recipe.objective(),
        settings,
        rows,
        storage,
        preprocessor,
        recipe.network(Math.multiplyExact(steps, preprocessor.inputs()), steps),
        Optional.empty(),
        window,
        split);
  }

  /// Of a published network, from where it stands.
  static Training continuing(
      PublishedModel model,
      Optional<Window> window,
      Objective objective,
      FitSettings settings,
      Dataset rows,
      Optional<Split> split,
      Storage storage) {
    return new Training(
        objective,
        settings,
        rows,
        storage,
        model.preprocessor(),
        model.network(),
        Optional.of(model.parameters()),
        window,
        split);
  }

  NetworkSpec network() {
    return network;
  }

  FitResult fit(FitListener listener) {
    TrainingRows training =
        new TrainingRows(
            InputRows.of(rows.raw(), preprocessor, storage),
            rows.weights(),
            classifies() ? rows.labels() : null);
    Fit fit = new Fit();
    if (split.isEmpty()) {
      return start.isPresent()
          ? fit.continueFrom(start.get(), network, objective, training, settings, listener)
          : fit.run(network, objective, training, settings, listener);
    }
    return start.isPresent()
        ? fit.continueFrom(
            start.get(), network, objective, training, split.get(), settings, listener)
        : fit.run(network, objective, training, split.get(), settings, listener);
  }

  private boolean classifies() {
    return network.classifier().isPresent();
  }

  /// What is published: the score ranks rows as the loss does.
  TrainedDetector detector(FitResult result) {
    return new TrainedDetector(
        preprocessor,
        network,
        result.parameters(),
        objective,
        objective.beta() / objective.reconstructionWeight(),
        window);
  }

  /// [rows x raw values] what the network was fitted to.
  RowValues fittedRows(FitResult result) {
    return rows.raw().select(fitted(result));
  }

  private int[] fitted(FitResult result) {
    if (split.isPresent()) {
      return split.get().training();
    }
    int[] held = result.validationRows();
    return IntStream.range(0, rows.rows())
        .filter(row -> Arrays.binarySearch(held, row) < 0)
        .toArray();
  }

  /// [rows x raw values] what was held out, or without validation what the network was fitted to;
  /// of rows of both kinds the normal ones.
  RowValues judgedRows(FitResult result) {
    int[] held = result.validationRows();
    if (!classifies()) {
      return held.length == 0 ? rows.raw() : rows.raw().select(held);
    }
    int[] normal = normal(rows, Arrays.stream(held));
    return rows.raw()
        .select(normal.length == 0 ? normal(rows, Arrays.stream(fitted(result))) : normal);
  }

  /// [rows x raw values] what explanations compare events with: of the rows that the network was
  /// fitted to the normal ones.
  RowValues usualRows(FitResult result) {
    int[] fitted = fitted(result);
    return rows.raw().select(classifies() ? normal(rows, Arrays.stream(fitted)) : fitted);
  }

  Preprocessor preprocessor() {
    return preprocessor;
  }

  private static int[] normal(Dataset rows, IntStream among) {
    return among.filter(row -> rows.labels()[row] == 0).toArray();
  }

  /// The distribution and the thresholds that scores of normal rows stand for.
  ///
  /// @param judged the rows that scored so
  /// @param tell takes what people should know of it, a sentence each
  Judgement judge(float[] scores, RowValues judged, Judging judging, Consumer<String> tell) {
    return judging.judge(
        scores, judged, rows.features(), classifies() ? List.of(EVEN) : List.of(), tell);
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
        timed ? seconds : 0,
        best.validationClassification()
            .or(best::classification)
            .map(Classification::auc)
            .filter(Double::isFinite)
            .orElse(null));
  }
}
