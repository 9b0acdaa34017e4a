package io.weir.benchmarks.incidents;

import io.weir.streams.mute.IncidentStatus;
import io.weir.streams.mute.Notice;
import java.util.HashSet;
import java.util.Set;

/// What became of a machine's minutes.
final class Tally {
  private final int[] segments;
  private final Set<Integer> flagged = new HashSet<>();
  private final Set<Integer> alerted = new HashSet<>();
  private long flags;
  private long flagsOutside;
  private long opened;
  private long openedOutside;
  private long updated;
  private long updatedOutside;
  private long closed;
  private long closedEvents;
  private long suppressed;

  /// @param segments of each minute, -1 for normal ones
  Tally(int[] segments) {
    this.segments = segments;
  }

  void flag(int minute) {
    flags++;
    if (segments[minute] < 0) {
      flagsOutside++;
    } else {
      flagged.add(segments[minute]);
    }
  }

  void suppress() {
    suppressed++;
  }

  void tell(Notice notice) {
    int minute = (int) notice.alert().getOffset();
    boolean outside = segments[minute] < 0;
    switch (IncidentStatus.valueOf(notice.incident().getStatus())) {
      case OPENED -> {
        opened++;
        openedOutside += outside ? 1 : 0;
        alerted.add(segments[minute]);
      }
      case UPDATED -> {
        updated++;
        updatedOutside += outside ? 1 : 0;
        alerted.add(segments[minute]);
      }
      case CLOSED -> {
        closed++;
        closedEvents += notice.incident().getEvents();
      }
    }
  }

  /// @throws IllegalStateException if an anomalous minute got lost on the way
  void check() {
    if (flags != opened + updated + suppressed || flags != closedEvents || opened != closed) {
      throw new IllegalStateException(
          "%d flags, but %d opened + %d updated + %d suppressed; %d closed with %d events"
              .formatted(flags, opened, updated, suppressed, closed, closedEvents));
    }
  }

  /// A row of the table.
  String row(String machine, String policy, double threshold) {
    alerted.remove(-1);
    int all = 0;
    for (int segment : segments) {
      all = Math.max(all, segment + 1);
    }
    return "| %s | %s | %.4g | %,d | %,d | %,d | %,d | %,d | %d of %d | %d of %d | %,d | %,d |"
        .formatted(
            machine,
            policy,
            threshold,
            flags,
            opened,
            updated,
            closed,
            suppressed,
            flagged.size(),
            all,
            alerted.size(),
            all,
            flagsOutside,
            openedOutside + updatedOutside);
  }
}
