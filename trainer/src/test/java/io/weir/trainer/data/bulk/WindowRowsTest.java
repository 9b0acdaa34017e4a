package io.weir.trainer.data.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowRowsTest {
  private static final int COLUMNS = 3;

  @TempDir Path directory;

  @Test
  void aWindowIsItsEventsOneAfterAnother() {
    WindowRows windows = new WindowRows(heap(5), 2, new int[] {0, 3}, new int[] {1, 4});
    assertThat(windows.columns()).isEqualTo(6);
    assertThat(windows.row(0)).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(windows.row(1)).containsExactly(9, 10, 11, 12, 13, 14);
  }

  @Test
  void missingEventsStandAtTheBeginning() {
    WindowRows windows = new WindowRows(heap(5), 3, new int[] {2}, new int[] {2});
    float no = Float.NaN;
    assertThat(windows.row(0)).containsExactly(no, no, no, no, no, no, 6, 7, 8);
  }

  @Test
  void whereTheEventsStandDoesNotShow() {
    int events = 3000;
    Random random = new Random(5);
    int[] last = random.ints(500, 0, events).toArray();
    int[] first = Arrays.stream(last).map(l -> Math.max(0, l - random.nextInt(7))).toArray();
    WindowRows heap = new WindowRows(heap(events), 7, first, last);
    WindowRows file = new WindowRows(file(events), 7, first, last);
    assertThat(file.toArray()).containsExactly(heap.toArray());
    for (int row = 0; row < last.length; row += 37) {
      assertThat(file.row(row)).containsExactly(heap.row(row));
    }
    int[] some = random.ints(100, 0, last.length).toArray();
    assertThat(file.select(some).toArray()).containsExactly(heap.select(some).toArray());
    assertThat(heap.select(some).row(4)).containsExactly(heap.row(some[4]));
  }

  @Test
  void everyEventOfAWindowIsAMemberOnce() {
    WindowRows windows = new WindowRows(heap(9), 3, new int[] {0, 1, 6}, new int[] {2, 3, 6});
    assertThat(windows.members().toArray())
        .containsExactly(heap(9).select(new int[] {0, 1, 2, 3, 6}).toArray());
  }

  @Test
  void aWindowOfEventsThatAreNotThereIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WindowRows(heap(5), 2, new int[] {4}, new int[] {5}))
        .withMessage("Window 0 has the events 4 to 5 of 5, the rule is 1 to 2 of them");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WindowRows(heap(5), 2, new int[] {0}, new int[] {2}));
  }

  @Test
  void rowsInAnotherOrderAreTheSameInHeapAndFile() {
    int rows = 1000;
    int[] order = new Random(3).ints(0, rows).distinct().limit(rows).toArray();
    float[] expected = heap(rows).select(order).toArray();
    for (int together : new int[] {COLUMNS, 64, 1 << 20}) {
      assertThat(RowOrder.of(heap(rows), order, Storage.standard(), together).toArray())
          .containsExactly(expected);
      RowValues filed = RowOrder.of(file(rows), order, new Storage(directory, 0), together);
      assertThat(filed).isInstanceOf(FileRows.class);
      assertThat(filed.toArray()).containsExactly(expected);
    }
  }

  @Test
  void rowsThatAreInOrderStayWhereTheyAre() {
    RowValues rows = heap(10);
    assertThat(RowOrder.of(rows, IntStream.range(0, 10).toArray(), Storage.standard()))
        .isSameAs(rows);
  }

  private static RowValues heap(int rows) {
    float[] values = new float[rows * COLUMNS];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    return RowValues.of(values, COLUMNS);
  }

  private RowValues file(int rows) {
    RowWriter writer = new RowWriter(new Storage(directory, 0), rows, COLUMNS);
    for (int i = 0; i < rows * COLUMNS; i++) {
      writer.put(i);
    }
    return writer.finish();
  }
}
