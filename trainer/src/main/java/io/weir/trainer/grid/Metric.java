package io.weir.trainer.grid;

import java.util.Locale;

/// What is measured on held-out rows, a mean over the rows.
public enum Metric {
  /// The training loss with all its terms.
  LOSS,
  /// Its reconstruction term, by the recipe's reduction.
  RECONSTRUCTION_LOSS,
  /// Its KL divergence, not multiplied by beta; not of plain autoencoders.
  KL_DIVERGENCE,
  /// Squared error, mean over the outputs: comparable between recipes.
  MSE,
  /// Absolute error, mean over the outputs.
  L1,
  /// Binary cross-entropy, mean over the outputs; only of outputs and inputs in [0, 1].
  BCE;

  /// As CSV columns and JSON fields are named.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
