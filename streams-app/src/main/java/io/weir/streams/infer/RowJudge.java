package io.weir.streams.infer;

/// Tells by an event's raw values and its score whether the event is anomalous. Safe for any number
/// of threads.
public interface RowJudge {
  /// The segment whose threshold applies to a row.
  ///
  /// @param rows raw values of many rows
  /// @param offset where the row begins
  int segment(float[] rows, int offset);

  /// Whether a score is above the segment's threshold.
  boolean isAnomalous(int segment, float score);

  /// One segment for all.
  ///
  /// @param threshold the score above which an event is anomalous
  static RowJudge above(double threshold) {
    return new RowJudge() {
      @Override
      public int segment(float[] rows, int offset) {
        return 0;
      }

      @Override
      public boolean isAnomalous(int segment, float score) {
        return score > threshold;
      }
    };
  }
}
