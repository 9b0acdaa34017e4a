package io.weir.streams.replay.tally;

import io.weir.streams.judge.Severity;

/// What a threshold made of the event whose turn it is. One object for all events: it is
/// overwritten.
public final class Happening {
  boolean anomalous;
  boolean alerted;
  int alerts;
  int opened;
  String suppressedBy;
  Severity severity;

  /// Starts with an event that is not anomalous.
  public void clear() {
    anomalous = false;
    alerted = false;
    alerts = 0;
    opened = 0;
    suppressedBy = null;
    severity = null;
  }

  /// The score was above the threshold.
  public void anomalous(Severity itsSeverity) {
    anomalous = true;
    severity = itsSeverity;
  }

  /// No alert came of it.
  public void suppressed(String reason) {
    suppressedBy = reason;
  }

  /// An alert was given.
  ///
  /// @param own whether it is the event's own, and not that of an incident that is over
  /// @param opens whether an incident begins with it
  public void alert(boolean own, boolean opens) {
    alerts++;
    alerted |= own;
    if (opens) {
      opened++;
    }
  }
}
