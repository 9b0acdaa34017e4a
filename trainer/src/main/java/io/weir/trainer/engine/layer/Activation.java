package io.weir.trainer.engine.layer;

/// The function after a layer's affine part. A closed choice.
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

  /// `clip(0.2 x + 0.5, 0, 1)`, as in Keras 2 and in ONNX by default; its gradient is 0 where it is
  /// clipped.
  record HardSigmoid() implements Activation {}

  /// `exp(x) / sum(exp(x))` over the columns of a row: the one activation that is not element-wise.
  record Softmax() implements Activation {}
}
