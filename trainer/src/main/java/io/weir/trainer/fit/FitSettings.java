package io.weir.trainer.fit;

import io.weir.trainer.fit.optimizer.Optimizer;
import java.util.Objects;
import java.util.Optional;

/// How to train.
///
/// @param batch rows a step, at least 1; the last batch of an epoch may be smaller
/// @param epochs at least 1
/// @param validation fraction of the rows held out, drawn by the seed, in [0, 1); rounded up to a
///   row
/// @param earlyStopping empty: run all epochs
/// @param criterion which epoch's weights are kept, and what early stopping waits for
/// @param meanInValidation whether held-out rows are decoded from the mean of the latent instead of
///   from a sample
/// @param seed decides everything random: initial weights, split, shuffling, sampling noise
/// @param threads at most this many; a step too small to share runs on one. The result does not
///   depend on it
public record FitSettings(
    Optimizer optimizer,
    int batch,
    int epochs,
    double validation,
    Optional<EarlyStopping> earlyStopping,
    Criterion criterion,
    boolean meanInValidation,
    long seed,
    int threads) {
  public FitSettings {
    Objects.requireNonNull(optimizer, "optimizer");
    Objects.requireNonNull(earlyStopping, "earlyStopping");
    if (batch < 1) {
      throw new IllegalArgumentException("batch " + batch + " must be at least 1 row");
    }
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs " + epochs + " must be at least 1");
    }
    if (!(validation >= 0 && validation < 1)) {
      throw new IllegalArgumentException("validation fraction " + validation + " is not in [0, 1)");
    }
    if (threads < 1) {
      throw new IllegalArgumentException("threads " + threads + " must be at least 1");
    }
    Objects.requireNonNull(criterion, "criterion");
  }

  /// The epoch of the lowest loss, held-out rows sampled.
  public FitSettings(
      Optimizer optimizer,
      int batch,
      int epochs,
      double validation,
      Optional<EarlyStopping> earlyStopping,
      long seed,
      int threads) {
    this(optimizer, batch, epochs, validation, earlyStopping, Criterion.LOSS, false, seed, threads);
  }
}
