package io.weir.streams.replay.tally;

import io.weir.streams.replay.ReplayResult;
import java.util.List;

/// What is known of a model and its thresholds before the first event.
///
/// @param file as given
/// @param thresholds of the replay's own policy, one for each segment
/// @param rows one for each threshold, the replay's own first
/// @param leftOut policies that the card cannot answer, with the reason
public record ModelFacts(
    String name,
    String version,
    String sha256,
    String file,
    int steps,
    List<ReplayResult.Threshold> thresholds,
    List<Row> rows,
    List<String> leftOut) {
  /// A threshold that is counted.
  ///
  /// @param policy as asked
  /// @param value of events of no segment
  public record Row(String policy, double value) {}

  public ModelFacts {
    thresholds = List.copyOf(thresholds);
    rows = List.copyOf(rows);
    leftOut = List.copyOf(leftOut);
  }
}
