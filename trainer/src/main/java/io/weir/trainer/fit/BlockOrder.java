package io.weir.trainer.fit;

import io.weir.trainer.engine.random.RandomStream;
import java.util.Arrays;

/// Rows in the order of their blocks. Consecutive blocks form groups, of which each but the last
/// has at least as many rows as a batch: a batch never meets more than two.
final class BlockOrder {
  private final int[] rows;
  private final int shift;
  private final int together;
  private final int batch;
  private final int[] order;

  /// Of the blocks that have rows here: the block, where its rows begin in `rows`, and the order.
  private final int[] blocks;

  private final int[] starts;
  private final int[] blockOrder;

  /// Per group: its first entry in `blockOrder`, and its first row in `order`.
  private final int[] groupBlocks;

  private final int[] groupRows;
  private int groups;

  /// @param rows ascending
  /// @param blockRows a power of two
  BlockOrder(int[] rows, int blockRows, int together, int batch) {
    this.rows = rows;
    this.together = together;
    this.batch = batch;
    shift = Integer.numberOfTrailingZeros(blockRows);
    order = rows.clone();
    int most = rows.length == 0 ? 0 : (rows[rows.length - 1] >>> shift) + 1;
    int[] found = new int[most];
    int[] first = new int[most + 1];
    int count = 0;
    for (int i = 0; i < rows.length; i++) {
      int block = rows[i] >>> shift;
      if (count == 0 || found[count - 1] != block) {
        found[count] = block;
        first[count++] = i;
      }
    }
    first[count] = rows.length;
    blocks = Arrays.copyOf(found, count);
    starts = Arrays.copyOf(first, count + 1);
    blockOrder = new int[count];
    Arrays.setAll(blockOrder, i -> i);
    groupBlocks = new int[count + 1];
    groupRows = new int[count + 1];
    group();
  }

  int[] order() {
    return order;
  }

  /// Shuffles the blocks, then the rows of each group.
  void shuffle(RandomStream random) {
    Arrays.setAll(blockOrder, i -> i);
    random.shuffle(blockOrder);
    group();
    for (int g = 0; g < groups; g++) {
      random.shuffle(order, groupRows[g], groupRows[g + 1]);
    }
  }

  int groups() {
    return groups;
  }

  /// Where a group's rows begin in the order; of the number of groups, where the last one ends.
  int firstRow(int group) {
    return groupRows[group];
  }

  /// The blocks of a group.
  int[] blocks(int group) {
    int[] members = Arrays.copyOfRange(blockOrder, groupBlocks[group], groupBlocks[group + 1]);
    Arrays.setAll(members, i -> blocks[members[i]]);
    return members;
  }

  private void group() {
    int next = 0;
    groups = 0;
    for (int b = 0; b < blockOrder.length; b++) {
      boolean full =
          groups > 0
              && b - groupBlocks[groups - 1] >= together
              && next - groupRows[groups - 1] >= batch;
      if (groups == 0 || full) {
        groupBlocks[groups] = b;
        groupRows[groups++] = next;
      }
      int from = starts[blockOrder[b]];
      int count = starts[blockOrder[b] + 1] - from;
      System.arraycopy(rows, from, order, next, count);
      next += count;
    }
    groupBlocks[groups] = blockOrder.length;
    groupRows[groups] = next;
  }
}
