package io.weir.trainer.fit;

import io.weir.trainer.engine.kernel.Kernels;
import io.weir.trainer.engine.layer.BatchNormLayer;
import io.weir.trainer.engine.layer.DenseLayer;
import io.weir.trainer.engine.layer.DropoutLayer;
import io.weir.trainer.engine.layer.LstmLayer;
import io.weir.trainer.engine.layer.PackedKernel;
import io.weir.trainer.engine.layer.RepeatLayer;
import io.weir.trainer.engine.layer.SequenceBuffer;
import io.weir.trainer.engine.layer.StepDenseLayer;
import io.weir.trainer.engine.network.BatchBuffers;
import io.weir.trainer.engine.network.LayerGradient;
import io.weir.trainer.engine.network.Network;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.optimizer.AdamStep;
import io.weir.trainer.fit.optimizer.BatchNormUpdate;
import io.weir.trainer.fit.optimizer.KernelUpdate;
import io.weir.trainer.fit.optimizer.KernelUpdate.Use;
import io.weir.trainer.fit.optimizer.Optimizer;
import io.weir.trainer.fit.optimizer.WeightUpdate;
import java.util.List;
import java.util.stream.IntStream;

/// A network being trained, one batch at a time. A step has two phases, each shared by all workers:
/// by rows (gather, noise, forward, loss, gradients of the inputs), then by tiles of weights
/// (gradient over all rows, Adam). No sum crosses a worker's share, so the number of workers does
/// not change a bit. Where a layer couples the rows of a batch, one worker has the rows alone.
/// Steps allocate nothing.
final class Training implements AutoCloseable {
  /// Below this, handing out work always costs more than it saves; above, [Sharing] finds out.
  private static final double MIN_SHARED_FLOPS = 1e5;

  private final Workers workers;
  private final Sharing sharing;
  private final RowFeed feed;
  private final Batch batch;
  private final int capacity;
  private final boolean rowsAlone;
  private final RowPass rowPass;
  private final float[][] scratch;
  private final List<WeightUpdate> updates;
  private final int[] tileLayers;
  private final int[] tileOfLayer;
  private final AdamStep adam;
  private final Workers.Job learnRows = (worker, count) -> rows(worker, count, true);
  private final Workers.Job measureRows = (worker, count) -> rows(worker, count, false);
  private final Workers.Job updateWeights = this::weights;

  Training(
      Network network,
      Objective objective,
      TrainingRows data,
      FitSettings settings,
      Kernels kernels) {
    capacity = Math.min(settings.batch(), data.rows());
    int size = Batch.size(objective, capacity);
    BatchBuffers buffers = new BatchBuffers(network.spec(), size, true);
    batch = new Batch(data, objective, buffers.capacity());
    updates =
        network.gradients(buffers).stream()
            .flatMap(g -> update(kernels, g, g.input() != buffers.inputs()).stream())
            .toList();
    int tiles = updates.stream().mapToInt(WeightUpdate::tiles).sum();
    tileLayers = new int[tiles];
    tileOfLayer = new int[tiles];
    listTiles();
    adam =
        switch (settings.optimizer()) {
          case Optimizer.Adam a -> new AdamStep(a);
        };
    rowsAlone = network.couplesRows();
    double flops = 6.0 * network.spec().multiplications() * size;
    workers =
        new Workers(flops < MIN_SHARED_FLOPS ? 1 : Math.min(settings.threads(), blocks(size)));
    sharing = new Sharing(workers.count() > 1);
    feed = RowFeed.of(data.source());
    rowPass =
        new RowPass(network, buffers, data, feed, objective, settings, kernels, workers.count());
    int most = updates.stream().mapToInt(WeightUpdate::scratch).max().orElse(0);
    scratch = new float[workers.count()][most];
  }

  private static List<WeightUpdate> update(Kernels kernels, LayerGradient g, boolean handsOn) {
    return switch (g.layer()) {
      case DenseLayer dense ->
          List.of(
              new KernelUpdate(
                  kernels,
                  dense,
                  List.of(
                      new Use(
                          g.input(),
                          dense.inputWidth(),
                          g.buffer().gradient(),
                          dense.outputWidth())),
                  handsOn));
      case StepDenseLayer dense ->
          List.of(
              new KernelUpdate(
                  kernels,
                  dense.weights(),
                  uses(dense.weights(), dense.spec().steps(), g.buffer().sequence()),
                  handsOn));
      // The state before a step is an input, too, whose gradient is always wanted.
      case LstmLayer lstm ->
          List.of(
              new KernelUpdate(
                  kernels,
                  lstm.weights(),
                  uses(lstm.weights(), lstm.spec().steps(), g.buffer().sequence()),
                  true));
      case BatchNormLayer norm -> List.of(new BatchNormUpdate(kernels, norm, g.buffer()));
      case DropoutLayer _, RepeatLayer _ -> List.of();
    };
  }

  private static List<Use> uses(PackedKernel weights, int steps, SequenceBuffer left) {
    return IntStream.range(0, steps)
        .mapToObj(
            step ->
                new Use(
                    left.inputs()[step],
                    weights.inputStride(),
                    left.outputs()[step],
                    weights.outputStride()))
        .toList();
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
    return Math.ceilDiv(rows, BatchBuffers.ROW_BLOCK);
  }

  /// A way through some rows, ascending, for [#learn] or [#measure].
  RowFeed.Pass pass(int[] rows) {
    return feed.pass(rows, capacity);
  }

  /// Learns rows `[from, from + count)` of a pass and adds their losses, before the update, to the
  /// totals.
  ///
  /// @param normal with two streams, the normal rows of the other stream; else null
  /// @return the loss of the batch
  double learn(RowFeed.Pass rows, int[] normal, int from, int count, int epoch, LossTotals totals) {
    rows.hold(from, count);
    batch.learn(epoch, rows.order(), normal, from, count);
    adam.advance();
    long start = System.nanoTime();
    boolean shared = sharing.shared();
    workers.run(learnRows, shared);
    double loss = rowPass.addLosses(batch, totals);
    if (Double.isFinite(loss)) {
      workers.run(updateWeights, shared);
    }
    sharing.stepTook(System.nanoTime() - start);
    return loss;
  }

  /// Adds the losses of all rows of a pass to the totals, at the present weights, always with the
  /// same noise.
  void measure(RowFeed.Pass rows, LossTotals totals) {
    int count = rows.order().length;
    rows.rewind();
    for (int at = 0; at < count; at += capacity) {
      rows.hold(at, Math.min(capacity, count - at));
      batch.measure(rows.order(), at, Math.min(capacity, count - at));
      workers.run(measureRows, sharing.shared());
      rowPass.addLosses(batch, totals);
    }
  }

  private void rows(int worker, int count, boolean learning) {
    int sharers = rowsAlone ? 1 : count;
    if (worker >= sharers) {
      return;
    }
    int blocks = blocks(batch.size());
    int from = (int) ((long) blocks * worker / sharers) * BatchBuffers.ROW_BLOCK;
    int end = (int) ((long) blocks * (worker + 1) / sharers) * BatchBuffers.ROW_BLOCK;
    int to = Math.min(batch.size(), end);
    if (from < to) {
      rowPass.run(batch, worker, from, to, learning);
    }
  }

  private void weights(int worker, int count) {
    int tiles = tileLayers.length;
    int end = (int) ((long) tiles * (worker + 1) / count);
    for (int tile = (int) ((long) tiles * worker / count); tile < end; tile++) {
      updates.get(tileLayers[tile]).update(tileOfLayer[tile], batch.size(), adam, scratch[worker]);
    }
  }

  @Override
  public void close() {
    workers.close();
    feed.close();
  }
}
