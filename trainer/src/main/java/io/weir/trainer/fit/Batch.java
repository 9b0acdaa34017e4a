package io.weir.trainer.fit;

import io.weir.trainer.engine.random.RandomStream.Purpose;
import io.weir.trainer.fit.loss.Objective;
import java.util.Arrays;

/// The rows of one step and what each counts for. A row of the data stands in it once for each
/// sample of the latent, and with two streams the normal rows come first, for the autoencoder, then
/// rows of both kinds, for the classifier.
final class Batch {
  /// [size] row of the data.
  final int[] rows;

  /// [size] which draw of the latent, from 0.
  final int[] samples;

  /// [size] weight of the reconstruction loss.
  final float[] reconstructionWeights;

  /// [size] weight of the KL divergence.
  final float[] klWeights;

  /// [size] weight of the classifier's loss.
  final float[] classifierWeights;

  /// [size] 0 or 1; 0 without labels.
  final float[] labels;

  private final TrainingRows data;
  private final Objective objective;
  private Purpose noise;
  private int epoch;
  private int size;
  private int autoencoderRows;
  private int classifierRows;

  /// @param capacity of [#size]
  Batch(TrainingRows data, Objective objective, int capacity) {
    this.data = data;
    this.objective = objective;
    rows = new int[capacity];
    samples = new int[capacity];
    reconstructionWeights = new float[capacity];
    klWeights = new float[capacity];
    classifierWeights = new float[capacity];
    labels = new float[capacity];
    Arrays.fill(klWeights, 1f);
    Arrays.fill(classifierWeights, 1f);
  }

  /// How many of them a step of this many data rows takes.
  static int size(Objective objective, int count) {
    return Math.multiplyExact(count, objective.samples() * (objective.twoStreams() ? 2 : 1));
  }

  /// For a step: rows `order[from, from + count)`.
  ///
  /// @param normal as many normal rows at the same places; null with one stream
  void learn(int ofEpoch, int[] order, int[] normal, int from, int count) {
    start(Purpose.NOISE, ofEpoch);
    if (normal == null) {
      add(order, from, count);
      autoencoderRows = size;
      classifierRows = size;
      return;
    }
    add(normal, from, count);
    count(0, size, true, false);
    autoencoderRows = size;
    add(order, from, count);
    count(autoencoderRows, size, false, true);
    classifierRows = size - autoencoderRows;
  }

  /// For a measurement: rows `order[from, from + count)`; with two streams only the normal ones
  /// count for the autoencoder.
  void measure(int[] order, int from, int count) {
    start(Purpose.VALIDATION_NOISE, 0);
    add(order, from, count);
    autoencoderRows = size;
    classifierRows = size;
    if (objective.twoStreams()) {
      autoencoderRows = 0;
      for (int i = 0; i < size; i++) {
        boolean normal = labels[i] == 0;
        count(i, i + 1, normal, true);
        autoencoderRows += normal ? 1 : 0;
      }
    }
  }

  private void start(Purpose ofNoise, int ofEpoch) {
    noise = ofNoise;
    epoch = ofEpoch;
    size = 0;
  }

  private void add(int[] order, int from, int count) {
    float[] weights = data.weights();
    byte[] given = data.labels();
    for (int i = from; i < from + count; i++) {
      int row = order[i];
      float weight = weights == null ? 1f : weights[row];
      for (int sample = 0; sample < objective.samples(); sample++) {
        rows[size] = row;
        samples[size] = sample;
        reconstructionWeights[size] = weight;
        klWeights[size] = objective.klWeighted() ? weight : 1f;
        labels[size] = given == null ? 0f : given[row];
        size++;
      }
    }
  }

  private void count(int from, int to, boolean autoencoder, boolean classifier) {
    for (int i = from; i < to; i++) {
      reconstructionWeights[i] = autoencoder ? reconstructionWeights[i] : 0f;
      klWeights[i] = autoencoder ? klWeights[i] : 0f;
      classifierWeights[i] = classifier ? 1f : 0f;
    }
  }

  Purpose noise() {
    return noise;
  }

  int epoch() {
    return epoch;
  }

  int size() {
    return size;
  }

  /// What the losses of the autoencoder are divided by.
  int autoencoderRows() {
    return autoencoderRows;
  }

  /// What the loss of the classifier is divided by.
  int classifierRows() {
    return classifierRows;
  }
}
