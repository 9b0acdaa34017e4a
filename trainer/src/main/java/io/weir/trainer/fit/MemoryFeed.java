package io.weir.trainer.fit;

import io.weir.trainer.engine.random.RandomStream;

/// All rows are always at hand.
final class MemoryFeed implements RowFeed {
  private final InputRows inputs;

  MemoryFeed(InputRows.InMemory inputs) {
    this.inputs = inputs;
  }

  MemoryFeed(InputRows.InWindows inputs) {
    this.inputs = inputs;
  }

  @Override
  public Pass pass(int[] rows, int batch) {
    return new MemoryPass(rows, rows.clone());
  }

  @Override
  public void copy(int row, float[] into, int at) {
    inputs.read(row, 1, into, at);
  }

  @Override
  public void close() {}

  private record MemoryPass(int[] rows, int[] order) implements Pass {
    @Override
    public void shuffle(RandomStream random) {
      System.arraycopy(rows, 0, order, 0, order.length);
      random.shuffle(order);
    }

    @Override
    public void rewind() {}

    @Override
    public void hold(int from, int count) {}
  }
}
