package io.weir.trainer.fit.optimizer;

import io.weir.trainer.engine.kernel.Kernels;
import io.weir.trainer.engine.layer.BatchNormLayer;
import io.weir.trainer.engine.layer.LayerBuffer;

/// The Adam update of a batch normalisation's gamma and beta.
public final class BatchNormUpdate implements WeightUpdate {
  private final Kernels kernels;
  private final BatchNormLayer layer;
  private final LayerBuffer buffer;
  private final float[][] moments;

  public BatchNormUpdate(Kernels kernels, BatchNormLayer layer, LayerBuffer buffer) {
    this.kernels = kernels;
    this.layer = layer;
    this.buffer = buffer;
    moments = new float[4][layer.outputWidth()];
  }

  @Override
  public int tiles() {
    return 1;
  }

  @Override
  public int scratch() {
    return 0;
  }

  @Override
  public void update(int tile, int rows, AdamStep adam, float[] scratch) {
    int gradients = layer.gradientOffset(buffer);
    adam(adam, layer.gamma(), moments[0], moments[1], gradients);
    adam(adam, layer.beta(), moments[2], moments[3], gradients + layer.outputWidth());
  }

  private void adam(AdamStep adam, float[] w, float[] m, float[] v, int gradients) {
    kernels.adam(
        w.length,
        w,
        m,
        v,
        0,
        buffer.kept(),
        gradients,
        adam.decay1(),
        adam.decay2(),
        adam.step(),
        adam.epsilon());
  }
}
