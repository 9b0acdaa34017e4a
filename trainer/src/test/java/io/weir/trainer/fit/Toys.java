package io.weir.trainer.fit;

import io.weir.trainer.engine.layer.Activation;
import io.weir.trainer.engine.layer.Initializer;
import io.weir.trainer.engine.layer.LayerSpec.Dense;
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

  static Dense dense(int inputs, int outputs, Activation activation) {
    return new Dense(inputs, outputs, activation, Initializer.GLOROT_UNIFORM);
  }

  static FitSettings settings(int batch, int epochs, double validation, long seed, int threads) {
    return new FitSettings(
        Adam.keras(5e-3), batch, epochs, validation, Optional.empty(), seed, threads);
  }
}
