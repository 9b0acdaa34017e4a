package io.weir.trainer.fit.loss;

/// What a wrong reconstruction costs, per network output.
public enum Reconstruction {
  /// Squared error.
  MSE,
  /// Binary cross-entropy: inputs must be in [0, 1] and the output activation a sigmoid. As in
  /// Keras, the probability is clipped to [1e-7, 1 - 1e-7].
  BCE,
  /// Absolute error.
  L1
}
