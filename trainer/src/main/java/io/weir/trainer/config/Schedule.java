package io.weir.trainer.config;

import io.weir.trainer.fit.FitSettings;
import io.weir.trainer.fit.optimizer.Optimizer.Adam;

/// How long and how fast a network is trained, and which epoch counts.
///
/// @param adam the optimizer
/// @param batch rows per step, at least 1
/// @param epochs passes over the training rows, at least 1
public record Schedule(Adam adam, int batch, int epochs, Selection selection) {
  public Schedule {
    if (batch < 1) {
      throw new ConfigException("--batch %d: must be at least 1".formatted(batch));
    }
    if (epochs < 1) {
      throw new ConfigException("--epochs %d: must be at least 1".formatted(epochs));
    }
  }

  /// With Keras' Adam: epsilon 1e-7.
  public static Schedule keras(double learningRate, int batch, int epochs) {
    return new Schedule(Adam.keras(learningRate), batch, epochs, Selection.LOWEST_LOSS);
  }

  /// With PyTorch's Adam: epsilon 1e-8.
  public static Schedule pytorch(double learningRate, int batch, int epochs) {
    return new Schedule(
        new Adam(learningRate, 0.9, 0.999, 1e-8), batch, epochs, Selection.LOWEST_LOSS);
  }

  /// The same with another way to choose the epoch.
  public Schedule withSelection(Selection changed) {
    return new Schedule(adam, batch, epochs, changed);
  }

  /// All that [io.weir.trainer.fit.Fit] wants to know.
  ///
  /// @param validation fraction of the rows held out
  /// @param threads at most this many
  public FitSettings settings(double validation, long seed, int threads) {
    return new FitSettings(
        adam,
        batch,
        epochs,
        validation,
        selection.patience(),
        selection.criterion(),
        selection.decodesMean(),
        seed,
        threads);
  }
}
