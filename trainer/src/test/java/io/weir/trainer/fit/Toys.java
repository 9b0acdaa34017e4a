package io.weir.trainer.fit;

import io.weir.trainer.engine.layer.Activation;
import io.weir.trainer.engine.layer.Initializer;
import io.weir.trainer.engine.layer.LayerSpec.Dense;
import io.weir.trainer.engine.layer.LayerSpec.Lstm;
import io.weir.trainer.engine.layer.LayerSpec.Repeat;
import io.weir.trainer.engine.layer.LayerSpec.StepDense;
import io.weir.trainer.engine.network.NetworkSpec;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.loss.Reconstruction;
import io.weir.trainer.fit.loss.Reduction;
import io.weir.trainer.fit.optimizer.Optimizer.Adam;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Small networks and data that have something to learn.
final class Toys {
  static final Objective MSE =
      new Objective(Reconstruction.MSE, Reduction.MEAN, 1e-6, Reduction.MEAN);

  private Toys() {}

  /// Two hidden factors, smoothly mixed into columns in (0, 1).
  static TrainingRows rows(int rows, int columns, long seed) {
    Random random = new Random(seed);
    float[] inputs = new float[rows * columns];
    for (int r = 0; r < rows; r++) {
      double a = random.nextDouble();
      double b = random.nextDouble();
      for (int c = 0; c < columns; c++) {
        inputs[r * columns + c] = (float) (0.5 + 0.4 * Math.sin(3 * a * (c % 3) + b * c));
      }
    }
    return new TrainingRows(inputs, rows, columns);
  }

  static NetworkSpec.Vae vae(int columns, int hidden, int latent) {
    return new NetworkSpec.Vae(
        List.of(dense(columns, hidden, new Activation.LeakyRelu(0.3f))),
        dense(hidden, latent, new Activation.Linear()),
        dense(hidden, latent, new Activation.Linear()),
        List.of(
            dense(latent, hidden, new Activation.LeakyRelu(0.3f)),
            dense(hidden, columns, new Activation.Linear())));
  }

  /// LSTMs of 18 units on both sides.
  static NetworkSpec.Vae lstmVae(int steps, int columns) {
    return new NetworkSpec.Vae(
        List.of(new Lstm(steps, columns, 18, false)),
        dense(18, 2, new Activation.Linear()),
        dense(18, 2, new Activation.Linear()),
        List.of(
            new Repeat(steps, 2),
            new Lstm(steps, 2, 18, true),
            new StepDense(
                steps, 18, columns, new Activation.Linear(), Initializer.GLOROT_UNIFORM)));
  }

  static Dense dense(int inputs, int outputs, Activation activation) {
    return new Dense(inputs, outputs, activation, Initializer.GLOROT_UNIFORM);
  }

  static FitSettings settings(int batch, int epochs, double validation, long seed, int threads) {
    return new FitSettings(
        Adam.keras(5e-3), batch, epochs, validation, Optional.empty(), seed, threads);
  }
}
