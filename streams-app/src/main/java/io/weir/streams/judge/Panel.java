package io.weir.streams.judge;

import java.util.Arrays;
import java.util.List;

/// Several judges of the same events, one for each threshold. An event has a seat, which tells its
/// segment with each judge: segments depend on the policy. Safe for any number of threads.
public final class Panel {
  private final List<Judge> judges;

  /// The only judge's segments are the seats.
  private final boolean alone;

  /// Only grows; an entry never changes.
  private volatile Seat[] seats = {};

  /// @param segments of the event, one for each judge
  /// @param lowest of their thresholds
  @SuppressWarnings("ArrayRecordComponent")
  private record Seat(int[] segments, double lowest) {}

  /// @param judges the one whose verdicts count first
  public Panel(List<Judge> judges) {
    this.judges = List.copyOf(judges);
    this.alone = judges.size() == 1;
  }

  /// The judges, the one whose verdicts count first.
  public List<Judge> judges() {
    return judges;
  }

  /// The seat of an event.
  ///
  /// @param rows raw values of many rows
  /// @param offset where the event's row begins
  public int seat(float[] rows, int offset) {
    if (alone) {
      return judges.getFirst().segment(rows, offset);
    }
    Seat[] known = seats;
    for (int seat = 0; seat < known.length; seat++) {
      if (fits(known[seat], rows, offset)) {
        return seat;
      }
    }
    return add(rows, offset);
  }

  /// The segment of a seat's events.
  ///
  /// @param judge by its place among the judges
  public int segment(int seat, int judge) {
    return alone ? seat : seats[seat].segments[judge];
  }

  /// Whether any of the judges finds a score anomalous.
  public boolean isAnomalous(int seat, float score) {
    return alone ? judges.getFirst().isAnomalous(seat, score) : score > seats[seat].lowest;
  }

  private boolean fits(Seat seat, float[] rows, int offset) {
    for (int judge = 0; judge < seat.segments.length; judge++) {
      if (judges.get(judge).segment(rows, offset) != seat.segments[judge]) {
        return false;
      }
    }
    return true;
  }

  private synchronized int add(float[] rows, int offset) {
    for (int seat = 0; seat < seats.length; seat++) {
      if (fits(seats[seat], rows, offset)) {
        return seat;
      }
    }
    int[] segments = new int[judges.size()];
    double lowest = Double.POSITIVE_INFINITY;
    for (int judge = 0; judge < segments.length; judge++) {
      segments[judge] = judges.get(judge).segment(rows, offset);
      lowest = Math.min(lowest, judges.get(judge).threshold(segments[judge]).value());
    }
    Seat[] more = Arrays.copyOf(seats, seats.length + 1);
    more[seats.length] = new Seat(segments, lowest);
    seats = more;
    return more.length - 1;
  }
}
