package io.weir.trainer.engine.layer;

/// An element-wise function after a layer's affine part.
public sealed interface Activation {
  /// `x`.
  record Linear() implements Activation {}

  /// `max(x, 0)`.
  record Relu() implements Activation {}

  /// `x` for `x >= 0`, else `alpha x`. Keras' default slope is 0.3; ONNX' is 0.01.
  ///
  /// @param alpha slope for negative values, 0 to 1 (exclusive)
  record LeakyRelu(float alpha) implements Activation {
    public LeakyRelu {
      if (!(alpha >= 0 && alpha < 1)) {
        throw new IllegalArgumentException("LeakyReLU alpha " + alpha + " is not in [0, 1)");
      }
    }
  }

  /// Hyperbolic tangent.
  record Tanh() implements Activation {}

  /// `1 / (1 + exp(-x))`.
  record Sigmoid() implements Activation {}
}
