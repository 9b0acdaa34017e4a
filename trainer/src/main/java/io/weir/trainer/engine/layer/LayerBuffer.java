package io.weir.trainer.engine.layer;

import io.weir.trainer.engine.kernel.Panels;
import io.weir.trainer.engine.layer.LayerSpec.BatchNorm;
import io.weir.trainer.engine.layer.LayerSpec.Dense;
import io.weir.trainer.engine.layer.LayerSpec.Dropout;
import io.weir.trainer.engine.layer.LayerSpec.Lstm;
import io.weir.trainer.engine.layer.LayerSpec.Repeat;
import io.weir.trainer.engine.layer.LayerSpec.StepDense;

/// What one layer leaves behind of a batch, row-major with rows padded to [Panels#WIDTH].
///
/// @param output [rows x columns]
/// @param gradient [rows x columns] of the loss with respect to the output, and after the layer's
///   backward pass with respect to what its activation was given; null without gradients
/// @param kept what else the backward pass needs: of batch normalisation the normalised values
///   [rows x columns], then [BatchNormLayer]'s sums; of dropout the factors [rows x columns], to be
///   filled before the forward pass; null of others, and without gradients
/// @param sequence what a layer leaves behind of every step; null where there are none
public record LayerBuffer(float[] output, float[] gradient, float[] kept, SequenceBuffer sequence) {
  /// @param rows that fit
  /// @param gradients whether there will be a backward pass
  public static LayerBuffer of(LayerSpec layer, int rows, boolean gradients) {
    int width = Panels.padded(layer.outputs());
    int size = Math.multiplyExact(rows, width);
    int kept =
        switch (layer) {
          case Dense _ -> 0;
          case BatchNorm _ -> size + BatchNormLayer.SUMS * width;
          case Dropout _ -> size;
          case StepDense _, Lstm _, Repeat _ -> 0;
        };
    SequenceBuffer sequence =
        switch (layer) {
          case Lstm lstm -> SequenceBuffer.of(lstm, rows, gradients);
          case StepDense dense -> SequenceBuffer.of(dense, rows, gradients);
          case Dense _, BatchNorm _, Dropout _, Repeat _ -> null;
        };
    return new LayerBuffer(
        new float[size],
        gradients ? new float[size] : null,
        gradients && kept > 0 ? new float[kept] : null,
        sequence);
  }
}
