package io.weir.trainer.config;

/// The family of a network.
public enum NetworkKind {
  /// Variational autoencoder: a latent mean and a latent log-variance (Kingma and Welling, 2013).
  VAE,
  /// Plain autoencoder: one linear latent layer, no KL divergence.
  AUTOENCODER
}
