package io.weir.streams.replay.tally;

import io.weir.streams.replay.ReplayResult;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// What one threshold would have given.
final class SweepCounts {
  private long anomalous;
  private long alerts;
  private long incidents;
  private long suppressed;
  private long truePositives;
  private long falsePositives;
  private long falseNegatives;
  private long segmentsCaught;

  void event(Happening what, Label label) {
    alerts += what.alerts;
    incidents += what.opened;
    if (what.anomalous) {
      anomalous++;
      if (!what.alerted) {
        suppressed++;
      }
      switch (label) {
        case ANOMALOUS -> truePositives++;
        case NORMAL -> falsePositives++;
        case UNKNOWN -> {}
      }
    } else if (label == Label.ANOMALOUS) {
      falseNegatives++;
    }
  }

  void segmentCaught() {
    segmentsCaught++;
  }

  void add(SweepCounts other) {
    anomalous += other.anomalous;
    alerts += other.alerts;
    incidents += other.incidents;
    suppressed += other.suppressed;
    truePositives += other.truePositives;
    falsePositives += other.falsePositives;
    falseNegatives += other.falseNegatives;
    segmentsCaught += other.segmentsCaught;
  }

  /// @param days that the events are spread over; 0 if unknown
  ReplayResult.SweepRow row(String policy, double value, double days, boolean labels) {
    return new ReplayResult.SweepRow(
        policy,
        value,
        anomalous,
        alerts,
        incidents,
        days > 0 ? anomalous / days : null,
        days > 0 ? alerts / days : null,
        suppressed,
        labels ? agreement() : null);
  }

  private ReplayResult.Agreement agreement() {
    Double precision = ratio(truePositives, truePositives + falsePositives);
    Double recall = ratio(truePositives, truePositives + falseNegatives);
    return new ReplayResult.Agreement(
        truePositives,
        falsePositives,
        falseNegatives,
        precision,
        recall,
        ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives),
        segmentsCaught);
  }

  private static Double ratio(long part, long whole) {
    return whole == 0 ? null : (double) part / whole;
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(anomalous);
    out.writeLong(alerts);
    out.writeLong(incidents);
    out.writeLong(suppressed);
    out.writeLong(truePositives);
    out.writeLong(falsePositives);
    out.writeLong(falseNegatives);
    out.writeLong(segmentsCaught);
  }

  void read(DataInput in) throws IOException {
    anomalous = in.readLong();
    alerts = in.readLong();
    incidents = in.readLong();
    suppressed = in.readLong();
    truePositives = in.readLong();
    falsePositives = in.readLong();
    falseNegatives = in.readLong();
    segmentsCaught = in.readLong();
  }
}
