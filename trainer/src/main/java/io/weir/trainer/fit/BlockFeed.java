package io.weir.trainer.fit;

import io.weir.trainer.data.bulk.RowValues;
import io.weir.trainer.data.prepare.Preprocessor;
import io.weir.trainer.engine.random.RandomStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Holds the blocks of one or two groups. While steps take the rows of one group, the blocks of the
/// next one are read. Buffers are used again: once all are there, nothing is allocated for values.
final class BlockFeed implements RowFeed {
  private final RowValues raw;
  private final Preprocessor preprocessor;
  private final int blockRows;
  private final int together;
  private final int shift;
  private final int values;
  private final int steps;

  /// By block; null while it is not held.
  private final float[][] held;

  private final Deque<float[]> spare = new ArrayDeque<>();
  private final ExecutorService reader =
      Executors.newSingleThreadExecutor(
          task -> Thread.ofPlatform().daemon().name("weir-blocks").unstarted(task));

  BlockFeed(InputRows.InBlocks inputs) {
    raw = inputs.raw();
    preprocessor = inputs.preprocessor();
    blockRows = inputs.blockRows();
    together = inputs.together();
    shift = Integer.numberOfTrailingZeros(blockRows);
    values = raw.columns();
    steps = inputs.steps();
    held = new float[(int) (((long) raw.rows() + blockRows - 1) >>> shift)][];
  }

  @Override
  public Pass pass(int[] rows, int batch) {
    return new BlockPass(new BlockOrder(rows, blockRows, together, batch));
  }

  @Override
  public void copy(int row, float[] into, int at) {
    preprocessor.encode(held[row >>> shift], (row & (blockRows - 1)) * values, steps, into, at);
  }

  @Override
  public void close() {
    // Not interrupted: that would close the file under whoever reads it next.
    reader.shutdown();
  }

  /// Reads blocks into buffers, both of the same order.
  private void read(int[] blocks, float[][] buffers) {
    for (int i = 0; i < blocks.length; i++) {
      int first = blocks[i] << shift;
      raw.read(first, Math.min(blockRows, raw.rows() - first), buffers[i], 0);
    }
  }

  private final class BlockPass implements Pass {
    private final BlockOrder rows;

    /// The groups that are held are `[oldest, ready)`.
    private int oldest;

    private int ready;

    /// The group after the held ones, on its way, or null.
    private Future<?> coming;

    private int[] comingBlocks;
    private float[][] comingBuffers;

    private BlockPass(BlockOrder rows) {
      this.rows = rows;
    }

    @Override
    public int[] order() {
      return rows.order();
    }

    @Override
    public void shuffle(RandomStream random) {
      rewind();
      rows.shuffle(random);
    }

    @Override
    public void rewind() {
      if (coming != null) {
        receive();
      }
      // Another pass may have left its blocks.
      for (int block = 0; block < held.length; block++) {
        release(block);
      }
      oldest = 0;
      ready = 0;
    }

    @Override
    public void hold(int from, int count) {
      while (oldest < ready && rows.firstRow(oldest + 1) <= from) {
        for (int block : rows.blocks(oldest)) {
          release(block);
        }
        oldest++;
      }
      while (ready < rows.groups() && rows.firstRow(ready) < from + count) {
        if (coming == null) {
          send(ready);
        }
        receive();
        ready++;
      }
      if (coming == null && ready < rows.groups() && ready - oldest == 1) {
        send(ready);
      }
    }

    private void send(int group) {
      int[] blocks = rows.blocks(group);
      float[][] buffers = new float[blocks.length][];
      Arrays.setAll(
          buffers, i -> spare.isEmpty() ? new float[blockRows * values] : spare.removeLast());
      comingBlocks = blocks;
      comingBuffers = buffers;
      coming = reader.submit(() -> read(blocks, buffers));
    }

    private void receive() {
      try {
        coming.get();
      } catch (ExecutionException e) {
        throw e.getCause() instanceof RuntimeException cause
            ? cause
            : new IllegalStateException("Reading rows failed", e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while reading rows", e);
      } finally {
        coming = null;
      }
      for (int i = 0; i < comingBlocks.length; i++) {
        held[comingBlocks[i]] = comingBuffers[i];
      }
    }

    private void release(int block) {
      if (held[block] != null) {
        spare.addLast(held[block]);
        held[block] = null;
      }
    }
  }
}
