package io.weir.trainer.engine.network;

import io.weir.trainer.engine.kernel.Kernels;
import io.weir.trainer.engine.kernel.Panels;
import io.weir.trainer.engine.layer.LayerBuffer;
import io.weir.trainer.engine.layer.LayerSpec;
import io.weir.trainer.engine.network.NetworkSpec.Classifier;
import io.weir.trainer.engine.network.NetworkSpec.Vae;
import java.util.ArrayList;
import java.util.List;

/// Everything that one batch leaves behind on its way through a network: the output of each layer
/// and, for training, its gradient. Arrays are row-major [capacity x padded columns] and reused for
/// every batch.
public final class BatchBuffers {
  /// Rows whose losses are summed together: the smallest share of a thread, so that the order of
  /// the sums does not depend on the number of threads.
  public static final int ROW_BLOCK = 8;

  private final int capacity;
  private final boolean gradients;
  final float[] inputs;
  final LayerBuffer[] encoder;
  final LayerBuffer[] decoder;
  final LayerBuffer mean;
  final LayerBuffer logVariance;
  final LayerBuffer outputLogVariance;
  final LayerBuffer[] classifier;
  final float[] noise;
  final float[] deviation;
  final float[] latent;
  final float[] latentGradient;
  final float[] klSums;
  final float[] classifierInput;
  final float[] classifierInputGradient;

  /// @param rows of the largest batch
  /// @param gradients whether [Network#backward] will be called
  public BatchBuffers(NetworkSpec spec, int rows, boolean gradients) {
    capacity = (rows + ROW_BLOCK - 1) / ROW_BLOCK * ROW_BLOCK;
    this.gradients = gradients;
    assert ROW_BLOCK % Kernels.ROWS == 0;
    inputs = buffer(spec.inputs());
    encoder = buffers(spec.encoder());
    decoder = buffers(spec.decoder());
    outputLogVariance = spec.outputLogVariance().map(this::layer).orElse(null);
    klSums = new float[capacity / ROW_BLOCK * Panels.WIDTH];
    Vae vae = spec.variational().orElse(null);
    if (vae == null) {
      mean = null;
      logVariance = null;
      noise = null;
      deviation = null;
      latent = encoder[encoder.length - 1].output();
      latentGradient = encoder[encoder.length - 1].gradient();
    } else {
      mean = layer(vae.mean());
      logVariance = layer(vae.logVariance());
      noise = buffer(vae.latent());
      deviation = buffer(vae.latent());
      latent = buffer(vae.latent());
      latentGradient = gradients ? buffer(vae.latent()) : null;
    }
    Classifier head = spec.classifier().orElse(null);
    if (head == null) {
      classifier = new LayerBuffer[0];
      classifierInput = null;
      classifierInputGradient = null;
    } else {
      classifier = buffers(head.layers());
      classifierInput =
          switch (head.input()) {
            case LATENT -> latent;
            case INPUTS -> inputs;
            case RECONSTRUCTION_LOSS, LOSSES -> buffer(head.input().columns(spec));
          };
      boolean handsOn = gradients && !head.detach() && head.input() != Classifier.Input.INPUTS;
      classifierInputGradient = handsOn ? buffer(head.input().columns(spec)) : null;
    }
  }

  private float[] buffer(int columns) {
    return new float[Math.multiplyExact(capacity, Panels.padded(columns))];
  }

  private LayerBuffer layer(LayerSpec spec) {
    return LayerBuffer.of(spec, capacity, gradients);
  }

  private LayerBuffer[] buffers(List<LayerSpec> layers) {
    return layers.stream().map(this::layer).toArray(LayerBuffer[]::new);
  }

  /// What each layer leaves behind, in the order of [NetworkSpec#layers].
  public List<LayerBuffer> layers() {
    List<LayerBuffer> all = new ArrayList<>(List.of(encoder));
    if (mean != null) {
      all.add(mean);
      all.add(logVariance);
    }
    all.addAll(List.of(decoder));
    if (outputLogVariance != null) {
      all.add(outputLogVariance);
    }
    all.addAll(List.of(classifier));
    return all;
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
    return decoder[decoder.length - 1].output();
  }

  /// The gradient of the loss with respect to [#outputs].
  public float[] outputGradient() {
    return decoder[decoder.length - 1].gradient();
  }

  /// The log-variance of each output and its gradient; null if it is not learned.
  public LayerBuffer outputLogVariance() {
    return outputLogVariance;
  }

  /// Standard normal noise of a VAE's latent, to be filled before sampling.
  public float[] noise() {
    return noise;
  }

  /// A VAE's `-2 KL` of each block of [#ROW_BLOCK] rows, [Panels#WIDTH] partial sums a block.
  public float[] klSums() {
    return klSums;
  }

  /// What enters the classifier: to be filled before [Network#classify] if it is given losses.
  public float[] classifierInput() {
    return classifierInput;
  }

  /// What [Network#classifierBackward] hands on; null if nothing is.
  public float[] classifierInputGradient() {
    return classifierInputGradient;
  }

  /// The classifier's output, a row's probability or logit in the first of [Panels#WIDTH] columns,
  /// and its gradient.
  public LayerBuffer probability() {
    return classifier[classifier.length - 1];
  }
}
