package io.weir.streams.judge;

import io.weir.schemas.card.Calibration;
import io.weir.schemas.card.ModelCard.ScoreDistribution;
import io.weir.schemas.card.ModelCard.Threshold;

/// What the events of one segment are judged by.
///
/// @param name of the segment, null for all events
/// @param calibration null where nothing is known of how rare scores are
record Verdicts(String name, Threshold threshold, Calibration calibration) {
  /// @param scores of the segment's validation rows, null if unknown
  static Verdicts of(String name, Threshold threshold, ScoreDistribution scores) {
    return new Verdicts(name, threshold, scores == null ? null : Calibration.of(scores));
  }

  double rarity(float score) {
    return calibration == null ? 1 : calibration.rarity(score);
  }
}
