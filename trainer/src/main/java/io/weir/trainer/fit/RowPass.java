package io.weir.trainer.fit;

import io.weir.trainer.engine.kernel.Kernels;
import io.weir.trainer.engine.kernel.Panels;
import io.weir.trainer.engine.layer.Layer.Pass;
import io.weir.trainer.engine.layer.LayerBuffer;
import io.weir.trainer.engine.layer.LayerSpec;
import io.weir.trainer.engine.layer.LayerSpec.Dropout;
import io.weir.trainer.engine.network.BatchBuffers;
import io.weir.trainer.engine.network.LatentDivergence;
import io.weir.trainer.engine.network.Network;
import io.weir.trainer.engine.network.Network.Latent;
import io.weir.trainer.engine.network.NetworkSpec;
import io.weir.trainer.engine.network.NetworkSpec.Classifier;
import io.weir.trainer.fit.loss.ClassifierPass;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.loss.ReconstructionPass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What a step does with a range of its batch's rows: gather, noise, forward, losses, gradients. No
/// sum crosses a block of [BatchBuffers#ROW_BLOCK] rows.
///
/// Autoencoders with the standard prior and equally weighted divergences take a short way; the
/// general one measures every row by itself.
final class RowPass {
  private record DropoutPlace(Dropout dropout, int layer, float[] factors) {}

  private final Network network;
  private final BatchBuffers buffers;
  private final TrainingRows data;
  private final RowFeed feed;
  private final Objective objective;
  private final ReconstructionPass reconstruction;
  private final LatentNoise[] noise;
  private final DropoutFactors[] dropout;
  private final List<DropoutPlace> dropouts;
  private final boolean sampling;
  private final boolean meanInValidation;
  private final float klPerElement;
  private final float[] reconstructionSums;

  // The general way; null or unused on the short one.
  private final LatentDivergence divergence;
  private final Classifier classifier;
  private final ClassifierPass classifierPass;
  private final boolean lossesEnter;
  private final boolean lossesReturn;
  private final float[] rowReconstructions;
  private final float[] rowDivergences;
  private final float[] classifierLosses;
  private final float[] probabilities;
  private final float[] gradientWeights;
  private final float[] klFactors;
  private final float[] unusedSums;

  RowPass(
      Network network,
      BatchBuffers buffers,
      TrainingRows data,
      RowFeed feed,
      Objective objective,
      FitSettings settings,
      Kernels kernels,
      int workers) {
    this.network = network;
    this.buffers = buffers;
    this.data = data;
    this.feed = feed;
    this.objective = objective;
    NetworkSpec spec = network.spec();
    int capacity = buffers.capacity();
    reconstruction = new ReconstructionPass(kernels, objective, spec.inputs());
    sampling = spec.variational().isPresent();
    meanInValidation = settings.meanInValidation();
    klPerElement =
        switch (objective.klReduction()) {
          case MEAN -> 1f / spec.latent();
          case SUM -> 1f;
        };
    noise = new LatentNoise[workers];
    Arrays.setAll(noise, i -> new LatentNoise(kernels, settings.seed(), spec.latent(), capacity));
    dropout = new DropoutFactors[workers];
    Arrays.setAll(dropout, i -> new DropoutFactors(settings.seed()));
    dropouts = dropouts(spec, buffers);
    int sums = capacity / BatchBuffers.ROW_BLOCK * Panels.WIDTH;
    reconstructionSums = new float[sums];

    classifier = spec.classifier().orElse(null);
    classifierPass = classifier == null ? null : new ClassifierPass(classifier.output());
    lossesEnter =
        classifier != null
            && switch (classifier.input()) {
              case RECONSTRUCTION_LOSS, LOSSES -> true;
              case LATENT, INPUTS -> false;
            };
    lossesReturn = lossesEnter && !classifier.detach();
    boolean unequal = objective.klWeighted() && data.weights() != null;
    boolean general = classifier != null || unequal || !objective.prior().isStandard();
    divergence =
        sampling && general ? new LatentDivergence(objective.prior(), spec.latent()) : null;
    rowReconstructions = new float[general ? capacity : 0];
    rowDivergences = new float[general ? capacity : 0];
    classifierLosses = new float[general ? capacity : 0];
    probabilities = new float[general ? capacity : 0];
    gradientWeights = new float[general ? capacity : 0];
    klFactors = new float[general ? capacity : 0];
    unusedSums = new float[general ? sums : 0];
  }

  private static List<DropoutPlace> dropouts(NetworkSpec spec, BatchBuffers buffers) {
    List<LayerSpec> layers = spec.layers().toList();
    List<LayerBuffer> left = buffers.layers();
    List<DropoutPlace> places = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      if (layers.get(i) instanceof Dropout layer) {
        places.add(new DropoutPlace(layer, i, left.get(i).kept()));
      }
    }
    return places;
  }

  /// Rows [from, to) of the batch, `from` a multiple of [BatchBuffers#ROW_BLOCK].
  ///
  /// @param learning whether gradients are wanted; otherwise only losses
  void run(Batch batch, int worker, int from, int to, boolean learning) {
    gather(batch, from, to);
    if (sampling) {
      if (!learning && meanInValidation) {
        int width = Panels.padded(network.spec().latent());
        Arrays.fill(buffers.noise(), from * width, to * width, 0f);
      } else {
        noise[worker].fill(batch, from, to, buffers.noise());
      }
    }
    if (learning) {
      for (DropoutPlace place : dropouts) {
        dropout[worker].fill(place.dropout, place.layer, batch, from, to, place.factors);
      }
    }
    Latent latent = sampling ? Latent.SAMPLE : Latent.MEAN;
    Pass pass = learning ? Pass.TRAINING : Pass.SCORING;
    network.forward(buffers, from, to, latent, reconstruction.output(), pass);
    if (divergence != null) {
      divergence.measure(buffers, from, to, rowDivergences);
      LatentDivergence.sums(rowDivergences, batch.klWeights, from, to, buffers.klSums());
    }
    if (classifier != null) {
      classify(batch, from, to, pass);
    }
    if (learning && lossesReturn) {
      sumReconstructions(batch, from, to);
    } else {
      reconstruct(batch, from, to);
    }
    if (learning) {
      backward(batch, from, to);
    }
  }

  private void gather(Batch batch, int from, int to) {
    int width = Panels.padded(data.columns());
    for (int r = from; r < to; r++) {
      feed.copy(batch.rows[r], buffers.inputs(), r * width);
    }
  }

  private void classify(Batch batch, int from, int to, Pass pass) {
    if (lossesEnter) {
      reconstruction.measure(buffers, from, to, rowReconstructions);
      boolean both = classifier.input() == Classifier.Input.LOSSES;
      float[] x = buffers.classifierInput();
      for (int r = from; r < to; r++) {
        x[r * Panels.WIDTH] = rowReconstructions[r];
        x[r * Panels.WIDTH + 1] = both ? rowDivergences[r] * klPerElement : 0f;
      }
    }
    network.classify(buffers, from, to, classifierPass.output(), pass);
    float factor = (float) (objective.classifierWeight() / batch.classifierRows());
    classifierPass.run(
        buffers,
        from,
        to,
        batch.labels,
        batch.classifierWeights,
        factor,
        classifierLosses,
        probabilities);
  }

  private void reconstruct(Batch batch, int from, int to) {
    float[] weights = batch.reconstructionWeights;
    float factor = (float) (objective.reconstructionWeight() / batch.autoencoderRows());
    reconstruction.run(buffers, from, to, weights, factor, reconstructionSums);
  }

  /// For [#addReturned], which takes the gradients: only once may the loss run over the outputs,
  /// which it uses up.
  private void sumReconstructions(Batch batch, int from, int to) {
    for (int r = from; r < to; r++) {
      int block = r / BatchBuffers.ROW_BLOCK * Panels.WIDTH;
      if (r % BatchBuffers.ROW_BLOCK == 0) {
        Arrays.fill(reconstructionSums, block, block + Panels.WIDTH, 0f);
      }
      reconstructionSums[block + r % BatchBuffers.ROW_BLOCK] =
          batch.reconstructionWeights[r] * rowReconstructions[r];
    }
  }

  private void backward(Batch batch, int from, int to) {
    double klFactor = objective.beta() * klPerElement / batch.autoencoderRows();
    if (classifier != null) {
      network.classifierBackward(buffers, from, to, classifierPass.output());
    }
    if (divergence == null) {
      network.backward(buffers, from, to, reconstruction.output(), (float) klFactor);
      return;
    }
    for (int r = from; r < to; r++) {
      klFactors[r] = (float) klFactor * batch.klWeights[r];
    }
    if (lossesReturn) {
      addReturned(batch, from, to);
    }
    network.backward(buffers, from, to, reconstruction.output(), divergence, klFactors);
  }

  /// The classifier's loss reaches the autoencoder through the losses that it was given: as further
  /// factors of both, row by row.
  private void addReturned(Batch batch, int from, int to) {
    float factor = (float) (objective.reconstructionWeight() / batch.autoencoderRows());
    float[] returned = buffers.classifierInputGradient();
    for (int r = from; r < to; r++) {
      float own = factor * batch.reconstructionWeights[r];
      gradientWeights[r] = own + returned[r * Panels.WIDTH];
      klFactors[r] += klPerElement * returned[r * Panels.WIDTH + 1];
    }
    reconstruction.run(buffers, from, to, gradientWeights, 1f, unusedSums);
  }

  /// Adds the batch's losses to the totals, in the order of the rows.
  ///
  /// @return the loss of the batch
  double addLosses(Batch batch, LossTotals totals) {
    int blocks = Math.ceilDiv(batch.size(), BatchBuffers.ROW_BLOCK);
    double reconstructionSum = 0;
    double klSum = 0;
    for (int i = 0; i < blocks * Panels.WIDTH; i++) {
      reconstructionSum += reconstructionSums[i];
    }
    if (sampling) {
      for (int i = 0; i < blocks * Panels.WIDTH; i++) {
        klSum -= 0.5 * klPerElement * buffers.klSums()[i];
      }
    }
    totals.add(reconstructionSum, klSum, batch.autoencoderRows());
    double loss = 0;
    if (batch.autoencoderRows() > 0) {
      loss =
          (objective.reconstructionWeight() * reconstructionSum + objective.beta() * klSum)
              / batch.autoencoderRows();
    }
    if (classifier != null) {
      loss +=
          objective.classifierWeight()
              * totals.addClassified(batch, classifierLosses, probabilities);
    }
    return loss;
  }
}
