package io.weir.trainer.fit.loss;

import java.util.Objects;

/// The training loss: `reconstruction + beta * KL`, averaged over the rows of the batch.
///
/// @param reconstruction cost of an output
/// @param reconstructionReduction over the network's outputs
/// @param beta weight of the KL divergence, at least 0 (beta-VAE, Higgins et al., 2017); ignored by
///   networks without a stochastic latent
/// @param klReduction over the latents of `-0.5 (1 + logvar - mean^2 - exp(logvar))`
public record Objective(
    Reconstruction reconstruction,
    Reduction reconstructionReduction,
    double beta,
    Reduction klReduction) {
  public Objective {
    Objects.requireNonNull(reconstruction, "reconstruction");
    Objects.requireNonNull(reconstructionReduction, "reconstructionReduction");
    Objects.requireNonNull(klReduction, "klReduction");
    if (!(beta >= 0)) {
      throw new IllegalArgumentException("beta " + beta + " must be at least 0");
    }
  }
}
