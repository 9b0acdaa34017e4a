package io.weir.trainer.engine.layer;

/// A layer with its weights, working on a range of a batch's rows. Buffers are row-major; a row of
/// the input has [#inputWidth] floats, one of the output [#outputWidth].
public sealed interface Layer
    permits AffineLayer, BatchNormLayer, DropoutLayer, LstmLayer, RepeatLayer {
  /// What a forward pass is for: some layers do other things when they learn.
  enum Pass {
    TRAINING,
    SCORING
  }

  LayerSpec spec();

  /// Floats in a row of the input.
  int inputWidth();

  /// Floats in a row of the output.
  int outputWidth();

  /// Whether a row's output depends on the other rows of the batch in training: then one call must
  /// get them all.
  boolean couplesRows();

  /// From x to the buffer's output, for rows [from, to).
  void forward(float[] x, LayerBuffer buffer, int from, int to, Pass pass);

  /// Turns the buffer's gradient of the output into the gradient before the activation, in place,
  /// and hands it on.
  ///
  /// @param dx receives the gradient of the input; null where nobody needs it
  void backward(LayerBuffer buffer, float[] dx, int from, int to);

  /// A copy of the weights.
  LayerParameters parameters();

  /// Takes over weights.
  ///
  /// @throws IllegalArgumentException if they belong to another kind or size of layer
  void load(LayerParameters parameters);
}
