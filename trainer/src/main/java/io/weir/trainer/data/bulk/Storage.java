package io.weir.trainer.data.bulk;

import io.weir.trainer.data.ask.DataException;
import java.nio.file.Path;
import java.util.Objects;

/// Where rows wait, by their size alone: how much memory a machine has must not change how it
/// trains.
///
/// @param directory for temporary files
/// @param heapBytes up to so many bytes of float32 values stand in the heap, more in a temporary
///   file: at least 0
public record Storage(Path directory, long heapBytes) {
  /// Half a GiB: 4 million rows of 32 numbers.
  public static final long HEAP_BYTES = 512L << 20;

  public Storage {
    Objects.requireNonNull(directory, "directory");
    if (heapBytes < 0) {
      throw new DataException("%d bytes in memory: must be at least 0".formatted(heapBytes));
    }
  }

  /// [#HEAP_BYTES] and the directory that Java uses (`java.io.tmpdir`).
  public static Storage standard() {
    return new Storage(Path.of(System.getProperty("java.io.tmpdir")), HEAP_BYTES);
  }

  /// Whether a matrix stands in the heap.
  public boolean inHeap(long rows, long columns) {
    return rows * columns <= Math.min(heapBytes / Float.BYTES, Integer.MAX_VALUE - 8);
  }
}
