package io.weir.trainer.engine.network;

import io.weir.trainer.engine.kernel.Kernels;
import io.weir.trainer.engine.kernel.Panels;
import io.weir.trainer.engine.layer.DenseLayer;
import io.weir.trainer.engine.layer.Initialization;
import io.weir.trainer.engine.layer.LayerSpec.Dense;
import io.weir.trainer.engine.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// A network with its weights. Passes work on rows [from, to) of a batch, `from` a multiple of
/// [BatchBuffers#ROW_BLOCK], so that threads can share a batch.
public final class Network {
  /// What the decoder of a VAE is given.
  public enum Latent {
    /// The mean: deterministic.
    MEAN,
    /// A draw: mean + deviation x noise (the reparameterisation of Kingma and Welling, 2013).
    SAMPLE
  }

  /// What the last layer's output buffer holds.
  public enum Output {
    ACTIVATED,
    /// Before the activation, for losses that are computed together with it.
    LOGITS
  }

  private record Heads(DenseLayer mean, DenseLayer logVariance) {}

  private final NetworkSpec spec;
  private final Kernels kernels;
  private final List<DenseLayer> encoder;
  private final Heads heads;
  private final List<DenseLayer> decoder;

  /// All weights zero.
  public Network(NetworkSpec spec, Kernels kernels) {
    this.spec = spec;
    this.kernels = kernels;
    encoder = layers(spec.encoder());
    decoder = layers(spec.decoder());
    heads =
        switch (spec) {
          case NetworkSpec.Autoencoder _ -> null;
          case NetworkSpec.Vae vae ->
              new Heads(
                  new DenseLayer(vae.mean(), kernels), new DenseLayer(vae.logVariance(), kernels));
        };
  }

  private List<DenseLayer> layers(List<Dense> specs) {
    return specs.stream().map(layer -> new DenseLayer(layer, kernels)).toList();
  }

  public NetworkSpec spec() {
    return spec;
  }

  /// In the order of [NetworkSpec#layers].
  public List<DenseLayer> layers() {
    Stream<DenseLayer> middle =
        heads == null ? Stream.empty() : Stream.of(heads.mean, heads.logVariance);
    return Stream.of(encoder.stream(), middle, decoder.stream()).flatMap(s -> s).toList();
  }

  /// Draws the first weights.
  public void initialize(long seed) {
    int index = 0;
    for (DenseLayer layer : layers()) {
      Dense dense = layer.spec();
      float[] kernel = new float[dense.inputs() * dense.outputs()];
      float[] bias = new float[dense.outputs()];
      RandomStream random = new RandomStream(seed, RandomStream.Purpose.WEIGHTS, index++);
      Initialization.draw(dense, random, kernel, bias);
      layer.load(kernel, bias);
    }
  }

  /// Takes over weights in the order of [#layers].
  ///
  /// @throws IllegalArgumentException if they do not fit
  public void load(List<DenseParameters> parameters) {
    List<DenseLayer> layers = layers();
    if (parameters.size() != layers.size()) {
      throw new IllegalArgumentException(
          "Weights of %d layers do not fit a network of %d"
              .formatted(parameters.size(), layers.size()));
    }
    for (int i = 0; i < layers.size(); i++) {
      DenseParameters p = parameters.get(i);
      Dense dense = layers.get(i).spec();
      if (p.inputs() != dense.inputs() || p.outputs() != dense.outputs()) {
        throw new IllegalArgumentException(
            "Layer %d is %d x %d, its weights are %d x %d"
                .formatted(i, dense.inputs(), dense.outputs(), p.inputs(), p.outputs()));
      }
      layers.get(i).load(p.kernel(), p.bias());
    }
  }

  /// A copy of the weights in the order of [#layers].
  public List<DenseParameters> parameters() {
    List<DenseParameters> all = new ArrayList<>();
    for (DenseLayer layer : layers()) {
      int inputs = layer.spec().inputs();
      int outputs = layer.spec().outputs();
      float[] kernel = new float[inputs * outputs];
      Panels.unpack(layer.kernel(), inputs, outputs, kernel);
      all.add(new DenseParameters(inputs, outputs, kernel, Arrays.copyOf(layer.bias(), outputs)));
    }
    return List.copyOf(all);
  }

  /// From [BatchBuffers#inputs] to [BatchBuffers#outputs]; fills [BatchBuffers#klSums] when
  /// sampling.
  public void forward(BatchBuffers b, int from, int to, Latent latent, Output output) {
    float[] x = b.inputs;
    for (int i = 0; i < encoder.size(); i++) {
      encoder.get(i).forward(x, b.encoder[i], from, to);
      x = b.encoder[i];
    }
    if (heads != null) {
      heads.mean.forward(x, b.mean, from, to);
      heads.logVariance.forward(x, b.logVariance, from, to);
      latent(b, from, to, latent);
    }
    x = b.latent;
    int last = decoder.size() - 1;
    for (int i = 0; i < last; i++) {
      decoder.get(i).forward(x, b.decoder[i], from, to);
      x = b.decoder[i];
    }
    switch (output) {
      case ACTIVATED -> decoder.get(last).forward(x, b.decoder[last], from, to);
      case LOGITS -> decoder.get(last).affine(x, b.decoder[last], from, to);
    }
  }

  private void latent(BatchBuffers b, int from, int to, Latent latent) {
    int width = heads.mean.outputWidth();
    switch (latent) {
      case MEAN ->
          System.arraycopy(b.mean, from * width, b.latent, from * width, (to - from) * width);
      case SAMPLE -> {
        for (int r = from; r < to; r += BatchBuffers.ROW_BLOCK) {
          int rows = Math.min(BatchBuffers.ROW_BLOCK, to - r);
          int sums = r / BatchBuffers.ROW_BLOCK * Panels.WIDTH;
          int start = r * width;
          kernels.sample(
              rows,
              width,
              b.mean,
              b.logVariance,
              b.noise,
              b.deviation,
              b.latent,
              start,
              b.klSums,
              sums);
        }
      }
    }
  }

  /// From [BatchBuffers#outputGradient] back to the gradient before the activation of every layer.
  ///
  /// @param output what the output gradient belongs to
  /// @param klFactor of `-0.5 (1 + logvar - mean² - exp(logvar))`, per element
  public void backward(BatchBuffers b, int from, int to, Output output, float klFactor) {
    for (int i = decoder.size() - 1; i >= 0; i--) {
      DenseLayer layer = decoder.get(i);
      float[] dy = b.decoderGradient[i];
      if (output == Output.ACTIVATED || i < decoder.size() - 1) {
        layer.activationGradient(b.decoder[i], dy, from, to);
      }
      layer.inputGradient(dy, i == 0 ? b.latentGradient : b.decoderGradient[i - 1], from, to);
    }
    if (heads != null) {
      headGradients(b, from, to, klFactor);
    }
    for (int i = encoder.size() - 1; i >= 0; i--) {
      DenseLayer layer = encoder.get(i);
      float[] dy = b.encoderGradient[i];
      layer.activationGradient(b.encoder[i], dy, from, to);
      if (i > 0) {
        layer.inputGradient(dy, b.encoderGradient[i - 1], from, to);
      }
    }
  }

  /// The buffers that hold each layer's share after [#backward], in the order of [#layers].
  public List<LayerGradient> gradients(BatchBuffers b) {
    List<LayerGradient> all = new ArrayList<>();
    float[] x = chain(encoder, b.inputs, b.encoder, b.encoderGradient, all);
    if (heads != null) {
      all.add(new LayerGradient(heads.mean, x, b.meanGradient));
      all.add(new LayerGradient(heads.logVariance, x, b.logVarianceGradient));
    }
    chain(decoder, b.latent, b.decoder, b.decoderGradient, all);
    return all;
  }

  private static float[] chain(
      List<DenseLayer> layers, float[] x, float[][] y, float[][] dy, List<LayerGradient> to) {
    for (int i = 0; i < layers.size(); i++) {
      to.add(new LayerGradient(layers.get(i), x, dy[i]));
      x = y[i];
    }
    return x;
  }

  private void headGradients(BatchBuffers b, int from, int to, float klFactor) {
    int width = heads.mean.outputWidth();
    kernels.sampleGradient(
        (to - from) * width,
        b.latentGradient,
        b.mean,
        b.noise,
        b.deviation,
        b.meanGradient,
        b.logVarianceGradient,
        from * width,
        klFactor);
    heads.mean.activationGradient(b.mean, b.meanGradient, from, to);
    heads.logVariance.activationGradient(b.logVariance, b.logVarianceGradient, from, to);
    if (!encoder.isEmpty()) {
      float[] dx = b.encoderGradient[encoder.size() - 1];
      heads.mean.inputGradient(b.meanGradient, dx, from, to);
      heads.logVariance.addInputGradient(b.logVarianceGradient, dx, from, to);
    }
  }
}
