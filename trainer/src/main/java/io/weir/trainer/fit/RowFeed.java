package io.weir.trainer.fit;

import io.weir.trainer.engine.random.RandomStream;

/// Brings the rows of a step to hand.
interface RowFeed extends AutoCloseable {
  /// The feed for rows, by where they stand.
  static RowFeed of(InputRows inputs) {
    return switch (inputs) {
      case InputRows.InMemory memory -> new MemoryFeed(memory);
      case InputRows.InWindows windows -> new MemoryFeed(windows);
      case InputRows.InBlocks blocks -> new BlockFeed(blocks);
    };
  }

  /// A way through some rows. Passes of one feed do not overlap.
  ///
  /// @param rows ascending; copied
  /// @param batch the most rows that are held at a time
  Pass pass(int[] rows, int batch);

  /// Copies a row that is held to `into[at]` and following. Safe for use by several threads.
  void copy(int row, float[] into, int at);

  @Override
  void close();

  /// Some rows in some order.
  interface Pass {
    /// The rows in the present order, for reading; the same array ever after.
    int[] order();

    /// Goes back to the first row, and shuffles the order.
    void shuffle(RandomStream random);

    /// Goes back to the first row, in the present order.
    void rewind();

    /// Makes the rows `order[from, from + count)` ready to be copied, and gives up all before. Each
    /// call goes on where the last one ended, or further.
    void hold(int from, int count);
  }
}
