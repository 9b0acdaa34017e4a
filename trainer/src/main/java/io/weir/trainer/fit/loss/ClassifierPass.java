package io.weir.trainer.fit.loss;

import io.weir.trainer.engine.kernel.FloatMath;
import io.weir.trainer.engine.kernel.Panels;
import io.weir.trainer.engine.layer.Activation;
import io.weir.trainer.engine.layer.LayerSpec.Dense;
import io.weir.trainer.engine.network.BatchBuffers;
import io.weir.trainer.engine.network.Network.Output;

/// The binary cross-entropy of a classifier's rows and its gradient with respect to what it put
/// out.
public final class ClassifierPass {
  private static final float MIN_PROBABILITY = 1e-7f;
  private static final float MAX_PROBABILITY = (float) (1 - 1e-7);

  private final Output output;

  /// @param last the classifier's last layer
  public ClassifierPass(Dense last) {
    output = last.activation() instanceof Activation.Sigmoid ? Output.LOGITS : Output.ACTIVATED;
  }

  /// What the network must leave: of a sigmoid the logits, where the loss is exact for
  /// probabilities near 0 and 1.
  public Output output() {
    return output;
  }

  /// Losses and gradients of rows [from, to).
  ///
  /// @param labels [rows] 0 or 1
  /// @param weights [rows] of each row
  /// @param gradientFactor of the gradient only
  /// @param losses [rows] receives the loss of each row, not weighted
  /// @param probabilities [rows] receives the classifier's answers
  public void run(
      BatchBuffers b,
      int from,
      int to,
      float[] labels,
      float[] weights,
      float gradientFactor,
      float[] losses,
      float[] probabilities) {
    float[] y = b.probability().output();
    float[] d = b.probability().gradient();
    for (int r = from; r < to; r++) {
      int i = r * Panels.WIDTH;
      float label = labels[r];
      float slope =
          switch (output) {
            case LOGITS -> {
              probabilities[r] = FloatMath.sigmoid(y[i]);
              losses[r] = ReconstructionPass.crossEntropyOfLogit(y[i], label);
              yield probabilities[r] - label;
            }
            case ACTIVATED -> {
              probabilities[r] = y[i];
              float p = Math.clamp(y[i], MIN_PROBABILITY, MAX_PROBABILITY);
              losses[r] = -label * FloatMath.log(p) - (1 - label) * FloatMath.log(1 - p);
              yield p == y[i] ? (p - label) / (p * (1 - p)) : 0;
            }
          };
      for (int column = 0; column < Panels.WIDTH; column++) {
        d[i + column] = 0;
      }
      d[i] = gradientFactor * weights[r] * slope;
    }
  }
}
