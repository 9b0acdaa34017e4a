package io.weir.trainer.publish;

import io.weir.schemas.card.ModelCard.ScoreDistribution;
import io.weir.schemas.card.ModelCard.Threshold;
import io.weir.schemas.card.ScoreSegments;
import java.util.List;

/// What was made of a set of scores.
///
/// @param thresholds the first is the model's default
/// @param segments null where all rows share one distribution
/// @param eventsPerDay null if unknown
public record Judgement(
    ScoreDistribution distribution,
    List<Threshold> thresholds,
    ScoreSegments segments,
    Double eventsPerDay) {
  public Judgement {
    thresholds = List.copyOf(thresholds);
  }

  /// Of all rows together, with an unknown rate.
  public Judgement(ScoreDistribution distribution, List<Threshold> thresholds) {
    this(distribution, thresholds, null, null);
  }
}
