package io.weir.trainer.fit;

import io.weir.trainer.data.bulk.RowValues;
import io.weir.trainer.data.bulk.Storage;
import io.weir.trainer.data.prepare.Preprocessor;
import java.util.Objects;

/// What the network's input layer sees, [rows x columns], and by that how an epoch goes through it:
/// rows in memory are shuffled as a whole, others block by block.
public sealed interface InputRows {
  /// Number of rows.
  int rows();

  /// Number of columns, at least 1.
  int columns();

  /// Rows that are preprocessed at once where the result stands in the heap, else step by step.
  ///
  /// @param raw [rows x features]
  static InputRows of(RowValues raw, Preprocessor preprocessor, Storage storage) {
    if (!storage.inHeap(raw.rows(), preprocessor.inputs())) {
      return new InBlocks(raw, preprocessor);
    }
    float[] inputs = new float[raw.rows() * preprocessor.inputs()];
    preprocessor.apply(raw, inputs);
    return new InMemory(inputs, raw.rows(), preprocessor.inputs());
  }

  /// Copies rows `[row, row + count)` to `into[at]` and following, row-major.
  void read(int row, int count, float[] into, int at);

  /// Rows that are preprocessed and in memory. The array is used, not copied.
  ///
  /// @param values [rows x columns], row-major
  record InMemory(float[] values, int rows, int columns) implements InputRows {
    public InMemory {
      Objects.requireNonNull(values, "values");
      if (columns < 1 || rows < 0 || values.length != (long) rows * columns) {
        throw new IllegalArgumentException(
            "%d values are not %d rows x %d columns".formatted(values.length, rows, columns));
      }
    }

    @Override
    public void read(int row, int count, float[] into, int at) {
      System.arraycopy(values, row * columns, into, at, count * columns);
    }
  }

  /// Raw rows that wait elsewhere. Some blocks of consecutive rows are in memory at a time; the
  /// rows are preprocessed when a step takes them. An epoch shuffles the blocks, then the rows of
  /// every `together` blocks among themselves. Both sizes are part of what decides the weights.
  ///
  /// @param raw [rows x features]
  /// @param blockRows rows of a block: a power of two
  /// @param together blocks whose rows are mixed, at least 1; twice as many are in memory
  record InBlocks(RowValues raw, Preprocessor preprocessor, int blockRows, int together)
      implements InputRows {
    /// A block holds the most rows of at most this size: 4 MiB.
    private static final int BLOCK_VALUES = 1 << 20;

    private static final int TOGETHER = 16;

    public InBlocks {
      if (Integer.bitCount(blockRows) != 1 || together < 1) {
        throw new IllegalArgumentException(
            "Blocks of %d rows, %d together: a power of two and at least 1 are needed"
                .formatted(blockRows, together));
      }
    }

    /// Blocks of the usual size, which depends on the number of features alone.
    public InBlocks(RowValues raw, Preprocessor preprocessor) {
      this(
          raw,
          preprocessor,
          Integer.highestOneBit(Math.max(1, BLOCK_VALUES / raw.columns())),
          TOGETHER);
    }

    @Override
    public int rows() {
      return raw.rows();
    }

    @Override
    public int columns() {
      return preprocessor.inputs();
    }

    @Override
    public void read(int row, int count, float[] into, int at) {
      float[] values = new float[count * raw.columns()];
      raw.read(row, count, values, 0);
      for (int r = 0; r < count; r++) {
        preprocessor.encode(values, r * raw.columns(), into, at + r * columns());
      }
    }
  }
}
