package io.weir.trainer.engine.layer;

/// How a layer's parameters start.
public enum Initializer {
  /// Kernel uniform in ±sqrt(6 / (fan_in + fan_out)), bias 0 (Glorot and Bengio, 2010; Keras'
  /// default).
  GLOROT_UNIFORM,
  /// Kernel normal, truncated at ±2 sigma, final standard deviation sqrt(2 / fan_in), bias 0 (He et
  /// al., 2015; Keras' `he_normal`).
  HE_NORMAL,
  /// Kernel and bias uniform in ±1 / sqrt(fan_in) (PyTorch's default).
  FAN_IN_UNIFORM
}
