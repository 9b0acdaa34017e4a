package io.weir.trainer.publish;

import io.weir.schemas.card.ModelCard.ScoreDistribution;
import io.weir.schemas.card.ModelCard.Threshold;
import java.util.List;

/// What was made of a set of scores.
///
/// @param thresholds the first is the model's default
public record Judgement(ScoreDistribution distribution, List<Threshold> thresholds) {
  public Judgement {
    thresholds = List.copyOf(thresholds);
  }
}
