package io.weir.streams.judge;

import io.weir.schemas.card.ModelCard;
import io.weir.schemas.card.ModelCard.Quantile;
import io.weir.schemas.card.ModelCard.ScoreDistribution;
import io.weir.schemas.card.ModelCard.Threshold;
import io.weir.schemas.card.ThresholdPolicy;
import java.util.List;
import java.util.Locale;

/// Decides which scores are anomalous, and how rare they are. Immutable.
public final class Judge {
  /// The segment of all events, where a model has no others.
  public static final int ALL = 0;

  private final Threshold threshold;
  private final ScoreDistribution scores;

  private Judge(Threshold threshold, ScoreDistribution scores) {
    this.threshold = threshold;
    this.scores = scores;
  }

  /// Applies a policy to a model.
  ///
  /// @throws UnresolvableThresholdException if the card does not have what the policy needs
  public static Judge of(ThresholdPolicy policy, ModelCard card)
      throws UnresolvableThresholdException {
    ScoreDistribution scores = card.scores();
    Threshold threshold =
        switch (policy) {
          case ThresholdPolicy.FromCard() -> first(card);
          case ThresholdPolicy.Value(double score) -> new Threshold(policy.toString(), score);
          case ThresholdPolicy.Quantile(double p) ->
              new Threshold(policy.toString(), quantile(policy, p, scores));
        };
    return new Judge(threshold, scores);
  }

  /// The segment of an event.
  ///
  /// @param rows raw values of many rows
  /// @param offset where the event's row begins
  public int segment(float[] rows, int offset) {
    return ALL;
  }

  /// The value of the field that makes the segment, null for [#ALL].
  public String segmentName(int segment) {
    return null;
  }

  /// Whether an event with this score is anomalous.
  public boolean isAnomalous(int segment, float score) {
    return score > threshold.value();
  }

  /// The threshold of a segment and the policy that chose it.
  public Threshold threshold(int segment) {
    return threshold;
  }

  /// One in how many normal events of the segment scores at least this much; 1, which says nothing,
  /// if the card has no distribution.
  public double rarity(int segment, float score) {
    return scores == null ? 1 : scores.rarity(score);
  }

  /// How much an alert with this score matters.
  public Severity severity(int segment, float score) {
    return Severity.of(rarity(segment, score));
  }

  private static Threshold first(ModelCard card) throws UnresolvableThresholdException {
    if (card.thresholds().isEmpty()) {
      throw new UnresolvableThresholdException(
          "weir.threshold = card, but the card of model "
              + card.name()
              + " has no threshold: set weir.threshold=value:X or quantile:P");
    }
    return card.thresholds().getFirst();
  }

  /// The inverse of [ScoreDistribution#rarity]: between two quantiles the logarithm of the tail
  /// falls linearly.
  private static double quantile(ThresholdPolicy policy, double p, ScoreDistribution scores)
      throws UnresolvableThresholdException {
    if (scores == null) {
      throw new UnresolvableThresholdException(
          "weir.threshold = "
              + policy
              + ", but the model card has no score distribution: set value:X");
    }
    double tail = 1 - p;
    // A probability such as 0.999 is not exact in binary; its tail may be off by a rounding.
    if (tail < (1 - 1e-9) / scores.count()) {
      throw new UnresolvableThresholdException(
          String.format(
              Locale.ROOT,
              "weir.threshold = %s asks for one event in %.0f, the model was validated on %d rows"
                  + " only: take a smaller P or value:X",
              policy,
              1 / tail,
              scores.count()));
    }
    List<Quantile> quantiles = scores.quantiles();
    int above = 0;
    while (above < quantiles.size() - 1 && quantiles.get(above).p() < p) {
      above++;
    }
    Quantile upper = quantiles.get(above);
    if (above == 0 || upper.p() <= p) {
      return upper.score();
    }
    Quantile lower = quantiles.get(above - 1);
    double from = Math.log(1 - lower.p());
    double to = Math.log(Math.max(1 - upper.p(), 1.0 / scores.count()));
    double way = from == to ? 1 : Math.clamp((Math.log(tail) - from) / (to - from), 0, 1);
    return lower.score() + way * (upper.score() - lower.score());
  }
}
