package io.weir.trainer.data.bulk;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;

/// Windows of consecutive events as rows, [windows x steps * columns]: the newest event last, and
/// NaN in the place of events that are missing at the beginning. Windows share their events;
/// nothing is copied before it is read.
public final class WindowRows implements RowValues {
  /// Values of the largest piece that is read at once.
  private static final int PIECE = 1 << 18;

  private final RowValues events;
  private final int steps;
  private final int[] first;
  private final int[] last;

  /// @param events [events x columns]
  /// @param steps events of a window, at least 1
  /// @param first [windows] the first event of each window
  /// @param last [windows] its last event; a window has at least one, at most `steps`
  public WindowRows(RowValues events, int steps, int[] first, int[] last) {
    for (int i = 0; i < last.length; i++) {
      if (first[i] < 0
          || last[i] >= events.rows()
          || last[i] - first[i] >= steps
          || last[i] < first[i]) {
        throw new IllegalArgumentException(
            "Window %d has the events %d to %d of %d, the rule is 1 to %d of them"
                .formatted(i, first[i], last[i], events.rows(), steps));
      }
    }
    this.events = events;
    this.steps = steps;
    this.first = first;
    this.last = last;
  }

  /// The events that the windows are made of, [events x columns].
  public RowValues events() {
    return events;
  }

  /// Events of a window.
  public int steps() {
    return steps;
  }

  /// The first event of a window.
  public int first(int window) {
    return first[window];
  }

  /// The last event of a window.
  public int last(int window) {
    return last[window];
  }

  /// Every event that is part of a window, once, in the order of [#events()].
  public RowValues members() {
    BitSet members = new BitSet(events.rows());
    for (int i = 0; i < last.length; i++) {
      members.set(first[i], last[i] + 1);
    }
    return members.cardinality() == events.rows()
        ? events
        : events.select(members.stream().toArray());
  }

  @Override
  public int rows() {
    return last.length;
  }

  @Override
  public int columns() {
    return Math.multiplyExact(steps, events.columns());
  }

  @Override
  public RowValues select(int[] rows) {
    return new WindowRows(
        events,
        steps,
        Arrays.stream(rows).map(row -> first[row]).toArray(),
        Arrays.stream(rows).map(row -> last[row]).toArray());
  }

  @Override
  public void read(int row, int count, float[] into, int at) {
    Objects.checkFromIndexSize(row, count, last.length);
    Objects.checkFromIndexSize(at, count * columns(), into.length);
    if (events instanceof HeapRows heap) {
      for (int i = 0; i < count; i++) {
        copy(row + i, heap.values(), 0, into, at + i * columns());
      }
    } else {
      readPieces(row, count, into, at);
    }
  }

  /// Windows that overlap or follow each other are read in one piece, whatever their order.
  private void readPieces(int row, int count, float[] into, int at) {
    long[] byFirst = new long[count];
    for (int i = 0; i < count; i++) {
      byFirst[i] = (long) first[row + i] << 32 | i;
    }
    Arrays.sort(byFirst);
    int longest = Math.max(steps, PIECE / events.columns());
    float[] piece = new float[Math.min(longest, events.rows()) * events.columns()];
    for (int next = 0; next < count; ) {
      int start = (int) (byFirst[next] >>> 32);
      int end = start;
      int after = next;
      while (after < count
          && (after == next || (int) (byFirst[after] >>> 32) <= end)
          && last[row + (int) byFirst[after]] - start < longest) {
        end = Math.max(end, last[row + (int) byFirst[after]] + 1);
        after++;
      }
      events.read(start, end - start, piece, 0);
      for (; next < after; next++) {
        int i = (int) byFirst[next];
        copy(row + i, piece, start, into, at + i * columns());
      }
    }
  }

  /// @param values events from `start` on
  private void copy(int window, float[] values, int start, float[] into, int at) {
    int columns = events.columns();
    int present = last[window] - first[window] + 1;
    int missing = (steps - present) * columns;
    Arrays.fill(into, at, at + missing, Float.NaN);
    System.arraycopy(
        values, (first[window] - start) * columns, into, at + missing, present * columns);
  }
}
