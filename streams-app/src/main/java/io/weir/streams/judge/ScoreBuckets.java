package io.weir.streams.judge;

import io.weir.schemas.card.ModelCard;
import io.weir.streams.count.Buckets;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/// The buckets in which a model's scores are counted.
///
/// The threshold is a bound, so that the events above it are counted exactly; from there bounds go
/// down to where the card says that scores begin and up to 64 times the threshold, two to each
/// doubling. Scores that may be negative are measured from the lowest one on the card.
public final class ScoreBuckets {
  /// Half doublings below the threshold at most, and above it.
  private static final int BELOW = 20;

  private static final int ABOVE = 12;

  private static final MathContext DIGITS = new MathContext(3);

  private ScoreBuckets() {}

  /// The buckets of a model.
  public static Buckets of(Judge judge, ModelCard card) {
    double threshold = judge.threshold(Judge.ALL).value();
    double lowest =
        card.scores() == null || card.scores().quantiles().isEmpty()
            ? 0
            : card.scores().quantiles().getFirst().score();
    double origin = Math.min(0, lowest);
    double scale = threshold - origin;
    if (scale <= 0) {
      // Every score of the card is an alert: any scale is as good as another.
      origin = threshold;
      scale = 1;
    }
    List<Double> bounds = new ArrayList<>(List.of(threshold));
    for (int half = -BELOW; half <= ABOVE; half++) {
      double bound = rounded(origin + scale * Math.pow(2, half / 2.0));
      boolean useful = bound >= lowest && (bound <= 1 || !card.architecture().classifies());
      if (half != 0 && useful) {
        bounds.add(bound);
      }
    }
    return Buckets.of(bounds.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /// Bounds are labels that people read.
  private static double rounded(double bound) {
    return new BigDecimal(bound).round(DIGITS).doubleValue();
  }
}
