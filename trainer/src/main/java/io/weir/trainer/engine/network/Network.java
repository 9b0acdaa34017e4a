package io.weir.trainer.engine.network;

import io.weir.trainer.engine.kernel.Kernels;
import io.weir.trainer.engine.kernel.Panels;
import io.weir.trainer.engine.layer.AffineLayer;
import io.weir.trainer.engine.layer.DenseLayer;
import io.weir.trainer.engine.layer.Initialization;
import io.weir.trainer.engine.layer.Layer;
import io.weir.trainer.engine.layer.Layer.Pass;
import io.weir.trainer.engine.layer.LayerParameters;
import io.weir.trainer.engine.network.NetworkSpec.Classifier;
import io.weir.trainer.engine.random.RandomStream;
import java.util.ArrayList;
import java.util.List;

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

  private final NetworkSpec spec;
  private final Kernels kernels;
  private final Chain encoder;
  private final DenseLayer mean;
  private final DenseLayer logVariance;
  private final Chain decoder;
  private final AffineLayer outputLogVariance;
  private final Chain classifier;

  /// All weights zero.
  public Network(NetworkSpec spec, Kernels kernels) {
    this.spec = spec;
    this.kernels = kernels;
    encoder = Chain.of(spec.encoder(), kernels);
    mean = spec.variational().map(v -> new DenseLayer(v.mean(), kernels)).orElse(null);
    logVariance =
        spec.variational().map(v -> new DenseLayer(v.logVariance(), kernels)).orElse(null);
    decoder = Chain.of(spec.decoder(), kernels);
    outputLogVariance =
        spec.outputLogVariance().map(head -> Chain.affine(head, kernels)).orElse(null);
    classifier = Chain.of(spec.classifier().map(Classifier::layers).orElse(List.of()), kernels);
  }

  public NetworkSpec spec() {
    return spec;
  }

  /// In the order of [NetworkSpec#layers].
  public List<Layer> layers() {
    List<Layer> all = new ArrayList<>(encoder.layers());
    if (mean != null) {
      all.add(mean);
      all.add(logVariance);
    }
    all.addAll(decoder.layers());
    if (outputLogVariance != null) {
      all.add(outputLogVariance);
    }
    all.addAll(classifier.layers());
    return all;
  }

  /// Whether one call must get all rows of a batch in training.
  public boolean couplesRows() {
    return layers().stream().anyMatch(Layer::couplesRows);
  }

  /// Draws the first weights.
  public void initialize(long seed) {
    int index = 0;
    for (Layer layer : layers()) {
      RandomStream random = new RandomStream(seed, RandomStream.Purpose.WEIGHTS, index++);
      layer.load(Initialization.draw(layer.spec(), random));
    }
  }

  /// Takes over weights in the order of [#layers].
  ///
  /// @throws IllegalArgumentException if they do not fit
  public void load(List<LayerParameters> parameters) {
    List<Layer> layers = layers();
    if (parameters.size() != layers.size()) {
      throw new IllegalArgumentException(
          "Weights of %d layers do not fit a network of %d"
              .formatted(parameters.size(), layers.size()));
    }
    for (int i = 0; i < layers.size(); i++) {
      layers.get(i).load(parameters.get(i));
    }
  }

  /// A copy of the weights in the order of [#layers].
  public List<LayerParameters> parameters() {
    return layers().stream().map(Layer::parameters).toList();
  }

  /// From [BatchBuffers#inputs] to [BatchBuffers#outputs]; fills [BatchBuffers#klSums] with the
  /// divergence from the standard prior when sampling.
  public void forward(BatchBuffers b, int from, int to, Latent latent, Output output, Pass pass) {
    float[] x = encoder.forward(b.encoder, encoder.size(), b.inputs, from, to, pass);
    if (mean != null) {
      mean.forward(x, b.mean, from, to, pass);
      logVariance.forward(x, b.logVariance, from, to, pass);
      latent(b, from, to, latent);
    }
    x = decoder.forward(b.decoder, decoder.size() - 1, b.latent, from, to, pass);
    if (outputLogVariance != null) {
      outputLogVariance.forward(x, b.outputLogVariance, from, to, pass);
    }
    decoder.forwardLast(b.decoder, x, from, to, output, pass);
  }

  /// From [BatchBuffers#classifierInput] to [BatchBuffers#probability].
  public void classify(BatchBuffers b, int from, int to, Output output, Pass pass) {
    int hidden = classifier.size() - 1;
    float[] x = classifier.forward(b.classifier, hidden, b.classifierInput, from, to, pass);
    classifier.forwardLast(b.classifier, x, from, to, output, pass);
  }

  private void latent(BatchBuffers b, int from, int to, Latent latent) {
    int width = mean.outputWidth();
    switch (latent) {
      case MEAN ->
          System.arraycopy(
              b.mean.output(), from * width, b.latent, from * width, (to - from) * width);
      case SAMPLE -> {
        for (int r = from; r < to; r += BatchBuffers.ROW_BLOCK) {
          int rows = Math.min(BatchBuffers.ROW_BLOCK, to - r);
          int sums = r / BatchBuffers.ROW_BLOCK * Panels.WIDTH;
          kernels.sample(
              rows,
              width,
              b.mean.output(),
              b.logVariance.output(),
              b.noise,
              b.deviation,
              b.latent,
              r * width,
              b.klSums,
              sums);
        }
      }
    }
  }

  /// From [BatchBuffers#outputGradient] (and that of [BatchBuffers#outputLogVariance]) back to the
  /// gradient before the activation of every layer, adding what [#classifierBackward] handed on to
  /// the latent.
  ///
  /// @param output what the output gradient belongs to
  /// @param klFactor of `-0.5 (1 + logvar - mean² - exp(logvar))`, per element
  public void backward(BatchBuffers b, int from, int to, Output output, float klFactor) {
    decoderBackward(b, from, to, output);
    if (mean != null) {
      sampleGradient(b, from, to, klFactor);
      headsBackward(b, from, to);
    }
    encoder.backwardHidden(b.encoder, encoder.size(), null, from, to);
  }

  /// As [#backward], with the divergence from any prior and a factor for each row.
  public void backward(
      BatchBuffers b,
      int from,
      int to,
      Output output,
      LatentDivergence divergence,
      float[] klFactors) {
    decoderBackward(b, from, to, output);
    sampleGradient(b, from, to, 0);
    divergence.addGradient(b, from, to, klFactors);
    headsBackward(b, from, to);
    encoder.backwardHidden(b.encoder, encoder.size(), null, from, to);
  }

  /// From the gradient of [BatchBuffers#probability] back to
  /// [BatchBuffers#classifierInputGradient].
  public void classifierBackward(BatchBuffers b, int from, int to, Output output) {
    classifier.backward(b.classifier, output, b.classifierInputGradient, from, to);
  }

  private void decoderBackward(BatchBuffers b, int from, int to, Output output) {
    if (outputLogVariance == null) {
      decoder.backward(b.decoder, output, b.latentGradient, from, to);
    } else {
      int last = decoder.size() - 1;
      decoder.activationGradient(b.decoder, output, from, to);
      outputLogVariance.activationGradient(b.outputLogVariance, from, to);
      float[] dx = last == 0 ? b.latentGradient : b.decoder[last - 1].gradient();
      decoder.last().inputGradient(b.decoder[last], dx, from, to);
      outputLogVariance.addInputGradient(b.outputLogVariance, dx, from, to);
      decoder.backwardHidden(b.decoder, last, b.latentGradient, from, to);
    }
    addClassifierGradient(b, from, to);
  }

  private void addClassifierGradient(BatchBuffers b, int from, int to) {
    Classifier head = spec.classifier().orElse(null);
    if (head != null
        && head.input() == Classifier.Input.LATENT
        && b.classifierInputGradient != null) {
      int width = mean.outputWidth();
      for (int i = from * width; i < to * width; i++) {
        b.latentGradient[i] += b.classifierInputGradient[i];
      }
    }
  }

  private void sampleGradient(BatchBuffers b, int from, int to, float klFactor) {
    int width = mean.outputWidth();
    kernels.sampleGradient(
        (to - from) * width,
        b.latentGradient,
        b.mean.output(),
        b.noise,
        b.deviation,
        b.mean.gradient(),
        b.logVariance.gradient(),
        from * width,
        klFactor);
  }

  private void headsBackward(BatchBuffers b, int from, int to) {
    mean.activationGradient(b.mean, from, to);
    logVariance.activationGradient(b.logVariance, from, to);
    if (encoder.size() > 0) {
      float[] dx = b.encoder[encoder.size() - 1].gradient();
      mean.inputGradient(b.mean, dx, from, to);
      logVariance.addInputGradient(b.logVariance, dx, from, to);
    }
  }

  /// The buffers that hold each layer's share after [#backward], in the order of [#layers].
  public List<LayerGradient> gradients(BatchBuffers b) {
    List<LayerGradient> all = new ArrayList<>();
    float[] code = encoder.gradients(b.encoder, b.inputs, all);
    if (mean != null) {
      all.add(new LayerGradient(mean, code, b.mean));
      all.add(new LayerGradient(logVariance, code, b.logVariance));
    }
    decoder.gradients(b.decoder, b.latent, all);
    if (outputLogVariance != null) {
      int last = decoder.size() - 1;
      float[] x = last == 0 ? b.latent : b.decoder[last - 1].output();
      all.add(new LayerGradient(outputLogVariance, x, b.outputLogVariance));
    }
    classifier.gradients(b.classifier, b.classifierInput, all);
    return all;
  }
}
