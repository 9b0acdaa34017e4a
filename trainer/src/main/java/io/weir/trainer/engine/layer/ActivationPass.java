package io.weir.trainer.engine.layer;

import io.weir.trainer.engine.kernel.Kernels;

/// Activations over a range of floats, in place.
final class ActivationPass {
  private ActivationPass() {}

  /// `y = f(y)`.
  static void forward(Activation activation, Kernels kernels, float[] y, int from, int count) {
    switch (activation) {
      case Activation.Linear() -> {}
      case Activation.Relu() -> kernels.leakyRelu(y, from, count, 0f);
      case Activation.LeakyRelu(float alpha) -> kernels.leakyRelu(y, from, count, alpha);
      case Activation.Tanh() -> kernels.tanh(y, from, count);
      case Activation.Sigmoid() -> kernels.sigmoid(y, from, count);
    }
  }

  /// `d *= f'`, from the activation's output y.
  static void backward(
      Activation activation, Kernels kernels, float[] y, float[] d, int from, int count) {
    switch (activation) {
      case Activation.Linear() -> {}
      case Activation.Relu() -> kernels.leakyReluGradient(y, d, from, count, 0f);
      case Activation.LeakyRelu(float alpha) -> kernels.leakyReluGradient(y, d, from, count, alpha);
      case Activation.Tanh() -> kernels.tanhGradient(y, d, from, count);
      case Activation.Sigmoid() -> kernels.sigmoidGradient(y, d, from, count);
    }
  }
}
