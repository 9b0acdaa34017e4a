package io.weir.trainer.fit.loss;

import io.weir.trainer.engine.network.Prior;
import java.util.Objects;
import java.util.Optional;

/// The training loss, averaged over the rows of the batch: `reconstructionWeight * reconstruction +
/// beta * KL + classifierWeight * crossEntropy`, the last term only of networks with a classifier.
///
/// @param reconstruction cost of an output
/// @param reconstructionReduction over the network's outputs
/// @param reconstructionWeight above 0
/// @param beta weight of the KL divergence, at least 0 (beta-VAE, Higgins et al., 2017); ignored by
///   networks without a stochastic latent
/// @param klReduction over the latents
/// @param klWeighted whether the weight of a row counts for its KL divergence too, and not only for
///   its reconstruction
/// @param prior that the KL divergence is measured from
/// @param samples draws of the latent per row whose losses are averaged, at least 1
/// @param classification of networks with a classifier
public record Objective(
    Reconstruction reconstruction,
    Reduction reconstructionReduction,
    double reconstructionWeight,
    double beta,
    Reduction klReduction,
    boolean klWeighted,
    Prior prior,
    int samples,
    Optional<Classification> classification) {
  /// The classifier's part.
  ///
  /// @param weight of its binary cross-entropy, above 0
  /// @param twoStreams whether each batch has two halves: normal rows, from which reconstruction
  ///   and KL divergence are learned, and rows of both kinds, from which the classifier is
  public record Classification(double weight, boolean twoStreams) {
    public Classification {
      requirePositive("classifier weight", weight);
    }
  }

  public Objective {
    Objects.requireNonNull(reconstruction, "reconstruction");
    Objects.requireNonNull(reconstructionReduction, "reconstructionReduction");
    Objects.requireNonNull(klReduction, "klReduction");
    Objects.requireNonNull(prior, "prior");
    requirePositive("reconstruction weight", reconstructionWeight);
    if (!(beta >= 0 && Double.isFinite(beta))) {
      throw new IllegalArgumentException("beta " + beta + " must be finite and at least 0");
    }
    if (samples < 1) {
      throw new IllegalArgumentException("samples " + samples + " must be at least 1");
    }
  }

  /// An autoencoder's, with the standard prior and one sample per row.
  public Objective(
      Reconstruction reconstruction,
      Reduction reconstructionReduction,
      double beta,
      Reduction klReduction) {
    this(
        reconstruction,
        reconstructionReduction,
        1,
        beta,
        klReduction,
        false,
        Prior.STANDARD,
        1,
        Optional.empty());
  }

  /// The weight of the classifier's loss, 0 without one.
  public double classifierWeight() {
    return classification.map(Classification::weight).orElse(0.0);
  }

  /// Whether batches have two halves.
  public boolean twoStreams() {
    return classification.map(Classification::twoStreams).orElse(false);
  }

  private static void requirePositive(String name, double value) {
    if (!(value > 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException(name + " " + value + " must be finite and above 0");
    }
  }
}
