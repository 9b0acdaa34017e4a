package io.weir.trainer.engine.layer;

import io.weir.trainer.engine.kernel.Kernels;
import io.weir.trainer.engine.kernel.Softmax;

/// Activations over rows [from, to) of `width` floats, in place; only the first `columns` are real.
final class ActivationPass {
  private static final float SLOPE = 0.2f;

  private ActivationPass() {}

  /// `y = f(y)`.
  static void forward(
      Activation activation, Kernels kernels, float[] y, int from, int to, int columns, int width) {
    int start = from * width;
    int count = (to - from) * width;
    switch (activation) {
      case Activation.Linear() -> {}
      case Activation.Relu() -> kernels.leakyRelu(y, start, count, 0f);
      case Activation.LeakyRelu(float alpha) -> kernels.leakyRelu(y, start, count, alpha);
      case Activation.Tanh() -> kernels.tanh(y, start, count);
      case Activation.Sigmoid() -> kernels.sigmoid(y, start, count);
      case Activation.HardSigmoid() -> hardSigmoid(y, start, count);
      case Activation.Softmax() -> Softmax.forward(to - from, columns, width, y, start);
    }
  }

  /// `d` becomes the gradient before the activation, from the activation's output y.
  static void backward(
      Activation activation,
      Kernels kernels,
      float[] y,
      float[] d,
      int from,
      int to,
      int columns,
      int width) {
    int start = from * width;
    int count = (to - from) * width;
    switch (activation) {
      case Activation.Linear() -> {}
      case Activation.Relu() -> kernels.leakyReluGradient(y, d, start, count, 0f);
      case Activation.LeakyRelu(float alpha) ->
          kernels.leakyReluGradient(y, d, start, count, alpha);
      case Activation.Tanh() -> kernels.tanhGradient(y, d, start, count);
      case Activation.Sigmoid() -> kernels.sigmoidGradient(y, d, start, count);
      case Activation.HardSigmoid() -> hardSigmoidGradient(y, d, start, count);
      case Activation.Softmax() -> Softmax.backward(to - from, columns, width, y, d, start);
    }
  }

  private static void hardSigmoid(float[] y, int start, int count) {
    for (int i = start; i < start + count; i++) {
      y[i] = Math.min(Math.max(y[i] * SLOPE + 0.5f, 0f), 1f);
    }
  }

  private static void hardSigmoidGradient(float[] y, float[] d, int start, int count) {
    for (int i = start; i < start + count; i++) {
      d[i] = y[i] > 0f && y[i] < 1f ? d[i] * SLOPE : 0f;
    }
  }
}
