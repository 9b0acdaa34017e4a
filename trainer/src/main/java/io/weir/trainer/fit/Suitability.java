package io.weir.trainer.fit;

import io.weir.trainer.engine.layer.Activation;
import io.weir.trainer.engine.network.NetworkSpec;
import io.weir.trainer.fit.FitException.Unsuitable;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.loss.Reconstruction;

/// What must hold before training starts.
final class Suitability {
  /// Scaling in float may leave [0, 1] by a rounding.
  private static final float ROUNDING = 1e-6f;

  private Suitability() {}

  static void check(NetworkSpec spec, Objective objective, TrainingRows data, int longestSplit) {
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
    if (probabilities && !(spec.decoder().getLast().activation() instanceof Activation.Sigmoid)) {
      throw new Unsuitable(
          "Binary cross-entropy on an output with activation %s: it needs a sigmoid output; choose one, or the loss mse"
              .formatted(spec.decoder().getLast().activation()));
    }
    checkInputs(data, probabilities);
    checkWeights(data);
  }

  private static void checkInputs(TrainingRows data, boolean probabilities) {
    float[] inputs = data.inputs();
    for (int i = 0; i < inputs.length; i++) {
      float x = inputs[i];
      if (!Float.isFinite(x)) {
        throw new Unsuitable(
            "Row %d, column %d is %s: inputs must be finite numbers; fill missing values first"
                .formatted(i / data.columns(), i % data.columns(), x));
      }
      if (probabilities && (x < -ROUNDING || x > 1 + ROUNDING)) {
        throw new Unsuitable(
            "Row %d, column %d is %s: binary cross-entropy needs inputs in [0, 1]; scale by min and max, or choose the loss mse"
                .formatted(i / data.columns(), i % data.columns(), x));
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
