package io.weir.trainer.data.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.trainer.data.ask.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Rows in the heap, in a file, and chosen from others read alike.
class RowValuesTest {
  private static final int ROWS = 30_000;
  private static final int COLUMNS = 11;

  @TempDir Path directory;

  @Test
  void readAlikeWhereverTheyStand() {
    RowValues heap = write(Storage.standard(), ROWS);
    RowValues file = write(new Storage(directory, 1000), ROWS);
    assertThat(heap).isInstanceOf(HeapRows.class);
    assertThat(file).isInstanceOf(FileRows.class);
    assertThat(file.toArray()).isEqualTo(heap.toArray());
    assertThat(file.row(29_999)).isEqualTo(heap.row(29_999)).contains(29_999 * 11);
    float[] some = new float[3 + 5 * COLUMNS];
    file.read(17, 5, some, 3);
    assertThat(some[3]).isEqualTo(17 * COLUMNS);
    assertThat(some[3 + 5 * COLUMNS - 1]).isEqualTo(22 * COLUMNS - 1);
  }

  @Test
  void chosenRowsStandInTheGivenOrder() {
    int[] chosen = {3, 4, 5, 9, 9, 2, 28_000, 28_001, 29_000, 0};
    for (RowValues rows :
        new RowValues[] {write(Storage.standard(), ROWS), write(new Storage(directory, 0), ROWS)}) {
      RowValues some = rows.select(chosen);
      assertThat(some.rows()).isEqualTo(chosen.length);
      float[] values = some.toArray();
      for (int i = 0; i < chosen.length; i++) {
        assertThat(values[i * COLUMNS]).isEqualTo(chosen[i] * COLUMNS);
        assertThat(some.row(i)).isEqualTo(rows.row(chosen[i]));
      }
      assertThat(some.select(new int[] {6, 0}).row(0)[0]).isEqualTo(28_000 * COLUMNS);
    }
  }

  @Test
  void rowsThatAreNotThereAreNotRead() {
    for (RowValues rows :
        new RowValues[] {write(Storage.standard(), 10), write(new Storage(directory, 0), 10)}) {
      assertThatThrownBy(() -> rows.row(10)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> rows.row(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "An open file keeps its name there")
  void theFileHasNoNameToBeLeftBehind() throws IOException {
    RowValues file = write(new Storage(directory, 0), ROWS);
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).isEmpty();
    }
    assertThat(file.row(7)[0]).isEqualTo(77);
  }

  @Test
  void aDirectoryThatIsNoneOrTooFullIsToldBeforehand() {
    Storage nowhere = new Storage(directory.resolve("none"), 0);
    assertThatThrownBy(() -> new RowWriter(nowhere, 10, 10))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("none is no directory to write to")
        .hasMessageContaining("--temp");
    Storage small = new Storage(directory, 0);
    assertThatThrownBy(() -> new RowWriter(small, Integer.MAX_VALUE, 1_000_000))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("The rows take 8,191,999,997 MiB in " + directory)
        .hasMessageContaining("MiB more are needed");
  }

  @Test
  void onlyTheSizeDecidesWhereRowsStand() {
    Storage storage = new Storage(directory, 400);
    assertThat(storage.inHeap(10, 10)).isTrue();
    assertThat(storage.inHeap(101, 1)).isFalse();
    assertThat(new Storage(directory, Long.MAX_VALUE).inHeap(Integer.MAX_VALUE, 2)).isFalse();
  }

  private static RowValues write(Storage storage, int rows) {
    RowWriter writer = new RowWriter(storage, rows, COLUMNS);
    for (int i = 0; i < rows * COLUMNS; i++) {
      writer.put(i);
    }
    return writer.finish();
  }
}
