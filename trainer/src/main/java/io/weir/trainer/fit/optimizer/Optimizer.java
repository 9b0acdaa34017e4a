package io.weir.trainer.fit.optimizer;

/// The rule that turns gradients into weight updates. A closed choice.
public sealed interface Optimizer {
  /// Adam (Kingma and Ba, 2015) as Keras computes it: with `g` the gradient of step `t`, counted
  /// from 1,
  ///
  ///     m += (g - m) (1 - beta1)
  ///     v += (g² - v) (1 - beta2)
  ///     w -= learningRate sqrt(1 - beta2^t) / (1 - beta1^t) · m / (sqrt(v) + epsilon)
  ///
  /// @param learningRate above 0; Keras' default is 1e-3
  /// @param beta1 decay of the first moment, in [0, 1)
  /// @param beta2 decay of the second moment, in [0, 1)
  /// @param epsilon above 0; Keras uses 1e-7, PyTorch 1e-8
  record Adam(double learningRate, double beta1, double beta2, double epsilon)
      implements Optimizer {
    public Adam {
      if (!(learningRate > 0 && learningRate <= Float.MAX_VALUE)) {
        throw new IllegalArgumentException(
            "learning rate " + learningRate + " must be a number above 0");
      }
      requireDecay("beta1", beta1);
      requireDecay("beta2", beta2);
      if (!(epsilon >= Float.MIN_NORMAL && epsilon < 1)) {
        throw new IllegalArgumentException("Adam's epsilon " + epsilon + " is not in (0, 1)");
      }
    }

    /// Keras' defaults with another learning rate.
    public static Adam keras(double learningRate) {
      return new Adam(learningRate, 0.9, 0.999, 1e-7);
    }

    private static void requireDecay(String name, double value) {
      if (!(value >= 0 && value < 1)) {
        throw new IllegalArgumentException("Adam's " + name + " " + value + " is not in [0, 1)");
      }
    }
  }
}
