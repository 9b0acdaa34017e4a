package io.weir.trainer.fit.loss;

/// What a wrong reconstruction costs, per network output.
public enum Reconstruction {
  /// Squared error.
  MSE,
  /// Binary cross-entropy: inputs must be in [0, 1] and the output activation a sigmoid. As in
  /// Keras, the probability is clipped to [1e-7, 1 - 1e-7].
  BCE,
  /// Absolute error.
  L1,
  /// Negative log-likelihood of a normal distribution whose log-variance s the network learns
  /// beside its mean: `0.5 (s + (x - mean)² / exp(s))`, s clipped to ±[#LARGEST_LOG_VARIANCE]; the
  /// constant `0.5 ln(2 pi)` is left out. May be negative.
  GAUSSIAN;

  /// Bound of a learned log-variance: outputs cannot be surer than that, nor less sure.
  public static final float LARGEST_LOG_VARIANCE = 10;
}
