package io.weir.trainer.engine.layer;

import io.weir.trainer.engine.layer.LayerSpec.Affine;

/// A layer that a network may end in: its passes come apart before the activation, for losses that
/// are computed together with it, and for two such layers behind the same input.
public sealed interface AffineLayer extends Layer permits DenseLayer, StepDenseLayer {
  @Override
  Affine spec();

  /// The forward pass without the activation.
  void affine(float[] x, LayerBuffer buffer, int from, int to);

  /// The first half of [#backward]: turns the gradient of the output into the gradient before the
  /// activation, in place.
  void activationGradient(LayerBuffer buffer, int from, int to);

  /// The second half, from the gradient before the activation.
  ///
  /// @param dx receives the gradient of the input; null where nobody needs it
  void inputGradient(LayerBuffer buffer, float[] dx, int from, int to);

  /// As [#inputGradient], adding to what dx holds.
  void addInputGradient(LayerBuffer buffer, float[] dx, int from, int to);

  @Override
  default boolean couplesRows() {
    return false;
  }

  @Override
  default void backward(LayerBuffer buffer, float[] dx, int from, int to) {
    activationGradient(buffer, from, to);
    inputGradient(buffer, dx, from, to);
  }
}
