package io.weir.trainer.fit;

import io.weir.trainer.data.bulk.RowValues;
import io.weir.trainer.data.bulk.Storage;
import io.weir.trainer.data.bulk.WindowRows;
import io.weir.trainer.data.prepare.Preprocessor;
import java.util.Arrays;
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
  /// @param raw [rows x features], or windows [rows x steps * features], of which every event is
  ///   preprocessed once
  static InputRows of(RowValues raw, Preprocessor preprocessor, Storage storage) {
    if (raw instanceof WindowRows windows) {
      return storage.inHeap(windows.events().rows(), preprocessor.inputs())
          ? InWindows.of(windows, preprocessor)
          : new InBlocks(raw, preprocessor);
    }
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

  /// Windows of preprocessed events that are in memory, [windows x steps * inputs of an event].
  ///
  /// @param events [events x inputs of an event], row-major
  /// @param windows which events each window has
  /// @param missing [inputs of an event] what stands for an event that is missing
  record InWindows(float[] events, WindowRows windows, float[] missing) implements InputRows {
    /// Preprocesses the events.
    static InWindows of(WindowRows windows, Preprocessor preprocessor) {
      float[] events = new float[windows.events().rows() * preprocessor.inputs()];
      preprocessor.apply(windows.events(), events);
      float[] nothing = new float[windows.events().columns()];
      Arrays.fill(nothing, Float.NaN);
      float[] missing = new float[preprocessor.inputs()];
      preprocessor.encode(nothing, 0, missing, 0);
      return new InWindows(events, windows, missing);
    }

    @Override
    public int rows() {
      return windows.rows();
    }

    @Override
    public int columns() {
      return Math.multiplyExact(windows.steps(), missing.length);
    }

    @Override
    public void read(int row, int count, float[] into, int at) {
      int inputs = missing.length;
      for (int i = 0; i < count; i++) {
        int first = windows.first(row + i);
        int present = windows.last(row + i) - first + 1;
        int to = at + i * columns();
        for (int step = present; step < windows.steps(); step++) {
          System.arraycopy(missing, 0, into, to, inputs);
          to += inputs;
        }
        System.arraycopy(events, first * inputs, into, to, present * inputs);
      }
    }
  }

  /// Raw rows that wait elsewhere. Some blocks of consecutive rows are in memory at a time; the
  /// rows are preprocessed when a step takes them. An epoch shuffles the blocks, then the rows of
  /// every `together` blocks among themselves. Both sizes are part of what decides the weights.
  ///
  /// @param raw [rows x features], or windows [rows x steps * features]
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
      return Math.multiplyExact(steps(), preprocessor.inputs());
    }

    /// Events of a row.
    int steps() {
      return raw.columns() / preprocessor.features().size();
    }

    @Override
    public void read(int row, int count, float[] into, int at) {
      float[] values = new float[count * raw.columns()];
      raw.read(row, count, values, 0);
      for (int r = 0; r < count; r++) {
        preprocessor.encode(values, r * raw.columns(), steps(), into, at + r * columns());
      }
    }
  }
}
