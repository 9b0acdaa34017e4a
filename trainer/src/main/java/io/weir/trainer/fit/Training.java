package io.weir.trainer.fit;

import io.weir.trainer.engine.kernel.Kernels;
import io.weir.trainer.engine.kernel.Panels;
import io.weir.trainer.engine.network.BatchBuffers;
import io.weir.trainer.engine.network.Network;
import io.weir.trainer.engine.network.Network.Latent;
import io.weir.trainer.engine.network.NetworkSpec;
import io.weir.trainer.engine.random.RandomStream.Purpose;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.loss.ReconstructionPass;
import io.weir.trainer.fit.optimizer.AdamStep;
import io.weir.trainer.fit.optimizer.LayerUpdate;
import io.weir.trainer.fit.optimizer.Optimizer;
import java.util.Arrays;
import java.util.List;

/// A network being trained, one batch at a time. A step has two phases, each shared by all workers:
/// by rows (gather, noise, forward, loss, gradients of the inputs), then by tiles of weights
/// (gradient over all rows, Adam). No sum crosses a worker's share, so the number of workers does
/// not change a bit. Steps allocate nothing.
final class Training implements AutoCloseable {
  /// Below this, handing out work costs more than it saves.
  private static final double MIN_SHARED_FLOPS = 1e6;

  private final Network network;
  private final TrainingRows data;
  private final Workers workers;
  private final BatchBuffers buffers;
  private final ReconstructionPass reconstruction;
  private final LatentNoise[] noise;
  private final float[][] scratch;
  private final List<LayerUpdate> updates;
  private final int[] tileLayers;
  private final int[] tileOfLayer;
  private final AdamStep adam;
  private final float[] rowWeights;
  private final float[] reconstructionSums;
  private final boolean sampling;
  private final double klPerElement;
  private final double beta;
  private final Workers.Job learnRows = (worker, count) -> rows(worker, count, true);
  private final Workers.Job measureRows = (worker, count) -> rows(worker, count, false);
  private final Workers.Job updateWeights = this::weights;

  // The batch at hand; written between jobs.
  private Purpose purpose;
  private int epoch;
  private int[] order;
  private int first;
  private int batch;

  Training(
      Network network,
      Objective objective,
      TrainingRows data,
      FitSettings settings,
      Kernels kernels) {
    this.network = network;
    this.data = data;
    NetworkSpec spec = network.spec();
    int capacity = Math.min(settings.batch(), data.rows());
    buffers = new BatchBuffers(spec, capacity, true);
    reconstruction = new ReconstructionPass(kernels, objective, spec.inputs());
    updates = network.gradients(buffers).stream().map(g -> new LayerUpdate(kernels, g)).toList();
    int tiles = updates.stream().mapToInt(LayerUpdate::tiles).sum();
    tileLayers = new int[tiles];
    tileOfLayer = new int[tiles];
    listTiles();
    adam =
        switch (settings.optimizer()) {
          case Optimizer.Adam a -> new AdamStep(a);
        };
    rowWeights = new float[buffers.capacity()];
    reconstructionSums = new float[blocks(capacity) * Panels.WIDTH];
    beta = objective.beta();
    sampling =
        switch (spec) {
          case NetworkSpec.Autoencoder _ -> false;
          case NetworkSpec.Vae _ -> true;
        };
    klPerElement =
        switch (objective.klReduction()) {
          case MEAN -> 1.0 / spec.latent();
          case SUM -> 1.0;
        };
    workers = new Workers(team(spec, capacity, settings.threads()));
    noise = new LatentNoise[workers.count()];
    Arrays.setAll(
        noise, i -> new LatentNoise(kernels, settings.seed(), spec.latent(), buffers.capacity()));
    scratch = new float[workers.count()][LayerUpdate.scratch()];
  }

  private static int team(NetworkSpec spec, int batch, int threads) {
    double flops = 6.0 * spec.parameters() * batch;
    return flops < MIN_SHARED_FLOPS ? 1 : Math.min(threads, blocks(batch));
  }

  private void listTiles() {
    int next = 0;
    for (int layer = 0; layer < updates.size(); layer++) {
      for (int tile = 0; tile < updates.get(layer).tiles(); tile++) {
        tileLayers[next] = layer;
        tileOfLayer[next++] = tile;
      }
    }
  }

  private static int blocks(int rows) {
    return (rows + BatchBuffers.ROW_BLOCK - 1) / BatchBuffers.ROW_BLOCK;
  }

  /// Learns rows `rowOrder[from, from + count)` and adds their losses, before the update, to the
  /// totals.
  ///
  /// @return the loss of the batch
  double learn(int[] rowOrder, int from, int count, int ofEpoch, LossTotals totals) {
    take(Purpose.NOISE, ofEpoch, rowOrder, from, count);
    adam.advance();
    workers.run(learnRows);
    double loss = addLosses(totals);
    if (Double.isFinite(loss)) {
      workers.run(updateWeights);
    }
    return loss;
  }

  /// Adds the losses of all rows listed to the totals, at the present weights, always with the same
  /// noise.
  void measure(int[] rows, LossTotals totals) {
    for (int at = 0; at < rows.length; at += buffers.capacity()) {
      take(Purpose.VALIDATION_NOISE, 0, rows, at, Math.min(buffers.capacity(), rows.length - at));
      workers.run(measureRows);
      addLosses(totals);
    }
  }

  private void take(Purpose noiseOf, int ofEpoch, int[] rowOrder, int from, int count) {
    purpose = noiseOf;
    epoch = ofEpoch;
    order = rowOrder;
    first = from;
    batch = count;
  }

  private void rows(int worker, int count, boolean learning) {
    int blocks = blocks(batch);
    int from = (int) ((long) blocks * worker / count) * BatchBuffers.ROW_BLOCK;
    int end = (int) ((long) blocks * (worker + 1) / count) * BatchBuffers.ROW_BLOCK;
    int to = Math.min(batch, end);
    if (from >= to) {
      return;
    }
    gather(from, to);
    if (sampling) {
      noise[worker].fill(purpose, epoch, order, first, from, to, buffers.noise());
    }
    Latent latent = sampling ? Latent.SAMPLE : Latent.MEAN;
    network.forward(buffers, from, to, latent, reconstruction.output());
    reconstruction.run(buffers, from, to, rowWeights, 1f / batch, reconstructionSums);
    if (learning) {
      float klFactor = (float) (beta * klPerElement / batch);
      network.backward(buffers, from, to, reconstruction.output(), klFactor);
    }
  }

  private void gather(int from, int to) {
    int columns = data.columns();
    int width = Panels.padded(columns);
    for (int r = from; r < to; r++) {
      int row = order[first + r];
      System.arraycopy(data.inputs(), row * columns, buffers.inputs(), r * width, columns);
      rowWeights[r] = data.weights() == null ? 1f : data.weights()[row];
    }
  }

  private void weights(int worker, int count) {
    int tiles = tileLayers.length;
    int end = (int) ((long) tiles * (worker + 1) / count);
    for (int tile = (int) ((long) tiles * worker / count); tile < end; tile++) {
      updates.get(tileLayers[tile]).update(tileOfLayer[tile], batch, adam, scratch[worker]);
    }
  }

  private double addLosses(LossTotals totals) {
    double reconstructionSum = 0;
    double klSum = 0;
    for (int i = 0; i < blocks(batch) * Panels.WIDTH; i++) {
      reconstructionSum += reconstructionSums[i];
    }
    if (sampling) {
      for (int i = 0; i < blocks(batch) * Panels.WIDTH; i++) {
        klSum -= 0.5 * klPerElement * buffers.klSums()[i];
      }
    }
    totals.add(reconstructionSum, klSum, batch);
    return (reconstructionSum + beta * klSum) / batch;
  }

  @Override
  public void close() {
    workers.close();
  }
}
