package io.weir.trainer.fit;

import io.weir.trainer.engine.layer.Activation;
import io.weir.trainer.engine.network.NetworkSpec;
import io.weir.trainer.fit.FitException.Unsuitable;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.loss.Reconstruction;
import java.util.Arrays;

/// What must hold before training starts.
final class Suitability {
  /// Scaling in float may leave [0, 1] by a rounding.
  private static final float ROUNDING = 1e-6f;

  /// Values checked in one piece.
  private static final int PIECE = 1 << 18;

  private Suitability() {}

  static void check(NetworkSpec spec, Objective objective, TrainingRows data, int longestSplit) {
    check(spec, objective, data, longestSplit, new int[0]);
  }

  /// @param heldOut ascending: rows that only are measured: with cross-entropy they may leave [0,
  ///   1], as the rows of an unfamiliar future may
  static void check(
      NetworkSpec spec, Objective objective, TrainingRows data, int longestSplit, int[] heldOut) {
    if (data.columns() != spec.inputs()) {
      throw new Unsuitable(
          "The rows have %d columns, the network takes %d: use as many inputs as columns"
              .formatted(data.columns(), spec.inputs()));
    }
    if (data.rows() < longestSplit) {
      throw new Unsuitable(
          "%d rows to train on: at least %d needed; give more rows, or filter fewer out"
              .formatted(data.rows(), longestSplit));
    }
    boolean probabilities = objective.reconstruction() == Reconstruction.BCE;
    if (probabilities && !(spec.output().activation() instanceof Activation.Sigmoid)) {
      throw new Unsuitable(
          "Binary cross-entropy on an output with activation %s: it needs a sigmoid output; choose one, or the loss mse"
              .formatted(spec.output().activation()));
    }
    checkHeads(spec, objective);
    checkLabels(spec, objective, data);
    if (objective.twoStreams() && data.source() instanceof InputRows.InBlocks) {
      throw new Unsuitable(
          "Two streams draw from all rows at once, but %,d rows x %d columns are too many to be in memory: raise --memory, or take fewer rows"
              .formatted(data.rows(), data.columns()));
    }
    checkInputs(data, probabilities, heldOut);
    checkWeights(data);
  }

  private static void checkHeads(NetworkSpec spec, Objective objective) {
    boolean gaussian = objective.reconstruction() == Reconstruction.GAUSSIAN;
    if (gaussian != spec.outputLogVariance().isPresent()) {
      throw new Unsuitable(
          gaussian
              ? "The loss gaussian needs a network that learns the variance of its outputs"
              : "The network learns the variance of its outputs, the loss %s ignores it: choose the loss gaussian"
                  .formatted(objective.reconstruction()));
    }
    if (spec.variational().isPresent() && !objective.prior().fits(spec.latent())) {
      throw new Unsuitable(
          "A prior of %d means and %d deviations for a latent of %d columns: give one of each, or one per column"
              .formatted(
                  objective.prior().means().size(),
                  objective.prior().deviations().size(),
                  spec.latent()));
    }
    if (spec.classifier().isPresent() != objective.classification().isPresent()) {
      throw new Unsuitable(
          "A network with a classifier needs a loss for it, and only such a network");
    }
  }

  private static void checkLabels(NetworkSpec spec, Objective objective, TrainingRows data) {
    if (spec.classifier().isEmpty()) {
      return;
    }
    if (data.labels() == null) {
      throw new Unsuitable("A classifier learns from labels: name their column");
    }
    int anomalies = 0;
    for (byte label : data.labels()) {
      anomalies += label == 0 ? 0 : 1;
    }
    if (anomalies == 0 || anomalies == data.rows()) {
      throw new Unsuitable(
          "%d of %d rows are labelled anomalies: a classifier needs rows of both kinds"
              .formatted(anomalies, data.rows()));
    }
  }

  private static void checkInputs(TrainingRows data, boolean probabilities, int[] heldOut) {
    int columns = data.columns();
    int piece = Math.max(1, PIECE / columns);
    float[] inputs = new float[Math.min(piece, data.rows()) * columns];
    for (int from = 0; from < data.rows(); from += piece) {
      int count = Math.min(piece, data.rows() - from);
      data.source().read(from, count, inputs, 0);
      for (int i = 0; i < count * columns; i++) {
        float x = inputs[i];
        if (!Float.isFinite(x)) {
          throw new Unsuitable(
              "Row %d, column %d is %s: inputs must be finite numbers; fill missing values first"
                  .formatted(from + i / columns, i % columns, x));
        }
        boolean outside = x < -ROUNDING || x > 1 + ROUNDING;
        if (probabilities && outside && Arrays.binarySearch(heldOut, from + i / columns) < 0) {
          throw new Unsuitable(
              "Row %d, column %d is %s: binary cross-entropy needs inputs in [0, 1]; scale by min and max, or choose the loss mse"
                  .formatted(from + i / columns, i % columns, x));
        }
      }
    }
  }

  private static void checkWeights(TrainingRows data) {
    if (data.weights() == null) {
      return;
    }
    for (int i = 0; i < data.rows(); i++) {
      float w = data.weights()[i];
      if (!(w >= 0 && w <= Float.MAX_VALUE)) {
        throw new Unsuitable(
            "The weight of row %d is %s: weights must be finite and at least 0; correct or filter the row"
                .formatted(i, w));
      }
    }
  }
}
