package io.weir.trainer.engine.network;

import io.weir.trainer.engine.kernel.Kernels;
import io.weir.trainer.engine.kernel.Panels;
import io.weir.trainer.engine.layer.LayerSpec.Dense;
import java.util.List;

/// Everything that one batch leaves behind on its way through a network: the output of each layer
/// and, for training, its gradient. Arrays are row-major [capacity x padded columns] and reused for
/// every batch.
public final class BatchBuffers {
  /// Rows whose losses are summed together: the smallest share of a thread, so that the order of
  /// the sums does not depend on the number of threads.
  public static final int ROW_BLOCK = 8;

  private final int capacity;
  final float[] inputs;
  final float[][] encoder;
  final float[][] decoder;
  final float[] mean;
  final float[] logVariance;
  final float[] noise;
  final float[] deviation;
  final float[] latent;
  final float[][] encoderGradient;
  final float[][] decoderGradient;
  final float[] meanGradient;
  final float[] logVarianceGradient;
  final float[] latentGradient;
  final float[] klSums;

  /// @param rows of the largest batch
  /// @param gradients whether [Network#backward] will be called
  public BatchBuffers(NetworkSpec spec, int rows, boolean gradients) {
    capacity = (rows + ROW_BLOCK - 1) / ROW_BLOCK * ROW_BLOCK;
    assert ROW_BLOCK % Kernels.ROWS == 0;
    inputs = buffer(spec.inputs());
    encoder = buffers(spec.encoder());
    decoder = buffers(spec.decoder());
    encoderGradient = gradients ? buffers(spec.encoder()) : null;
    decoderGradient = gradients ? buffers(spec.decoder()) : null;
    klSums = new float[capacity / ROW_BLOCK * Panels.WIDTH];
    switch (spec) {
      case NetworkSpec.Autoencoder _ -> {
        mean = null;
        logVariance = null;
        noise = null;
        deviation = null;
        latent = encoder[encoder.length - 1];
        meanGradient = null;
        logVarianceGradient = null;
        latentGradient = gradients ? encoderGradient[encoder.length - 1] : null;
      }
      case NetworkSpec.Vae vae -> {
        mean = buffer(vae.latent());
        logVariance = buffer(vae.latent());
        noise = buffer(vae.latent());
        deviation = buffer(vae.latent());
        latent = buffer(vae.latent());
        meanGradient = gradients ? buffer(vae.latent()) : null;
        logVarianceGradient = gradients ? buffer(vae.latent()) : null;
        latentGradient = gradients ? buffer(vae.latent()) : null;
      }
    }
  }

  private float[] buffer(int columns) {
    return new float[Math.multiplyExact(capacity, Panels.padded(columns))];
  }

  private float[][] buffers(List<Dense> layers) {
    return layers.stream().map(layer -> buffer(layer.outputs())).toArray(float[][]::new);
  }

  /// Rows that fit, a multiple of [#ROW_BLOCK].
  public int capacity() {
    return capacity;
  }

  /// What enters the network.
  public float[] inputs() {
    return inputs;
  }

  /// What leaves it.
  public float[] outputs() {
    return decoder[decoder.length - 1];
  }

  /// The gradient of the loss with respect to [#outputs].
  public float[] outputGradient() {
    return decoderGradient[decoder.length - 1];
  }

  /// Standard normal noise of a VAE's latent, to be filled before sampling.
  public float[] noise() {
    return noise;
  }

  /// A VAE's `-2 KL` of each block of [#ROW_BLOCK] rows, [Panels#WIDTH] partial sums a block.
  public float[] klSums() {
    return klSums;
  }
}
