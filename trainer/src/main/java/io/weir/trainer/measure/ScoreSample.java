package io.weir.trainer.measure;

import io.weir.schemas.card.ModelCard.Quantile;
import io.weir.schemas.card.ModelCard.ScoreDistribution;
import io.weir.schemas.card.ModelCard.Threshold;
import io.weir.trainer.data.ask.DataException;
import io.weir.trainer.data.prepare.EmpiricalQuantile;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The scores of a set of rows, to be described and cut.
public final class ScoreSample {
  /// Below the tail the quantiles stand here.
  private static final List<Double> BODY =
      List.of(0.0, 0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9);

  /// In each decade of the upper tail they stand at these multiples.
  private static final List<String> TAIL = List.of("0.5", "0.2", "0.1");

  private final float[] sorted;
  private final double mean;
  private final double standardDeviation;

  private ScoreSample(float[] sorted, double mean, double standardDeviation) {
    this.sorted = sorted;
    this.mean = mean;
    this.standardDeviation = standardDeviation;
  }

  /// Describes scores.
  ///
  /// @param scores [rows]
  /// @throws DataException where there is none, or one is not finite
  public static ScoreSample of(float[] scores) {
    if (scores.length == 0) {
      throw new DataException("There are no scores: a distribution needs at least one row.");
    }
    double sum = 0;
    for (int row = 0; row < scores.length; row++) {
      if (!Float.isFinite(scores[row])) {
        throw new DataException(
            "The score of row %d is %s: scores must be finite. Lower the learning rate, or scale the features."
                .formatted(row, scores[row]));
      }
      sum += scores[row];
    }
    double mean = sum / scores.length;
    double squares = 0;
    for (float score : scores) {
      squares += (score - mean) * (score - mean);
    }
    float[] sorted = scores.clone();
    Arrays.sort(sorted);
    return new ScoreSample(sorted, mean, Math.sqrt(squares / scores.length));
  }

  /// Number of scores.
  public int count() {
    return sorted.length;
  }

  /// The score below which a fraction `p` of the rows lies: [EmpiricalQuantile].
  public double quantile(double p) {
    if (!(p >= 0 && p <= 1)) {
      throw new DataException("A quantile of %s: it must be from 0 to 1".formatted(p));
    }
    return EmpiricalQuantile.of(sorted, p);
  }

  /// The threshold that a fraction `p` of these rows does not pass, under the policy's name.
  public Threshold quantileThreshold(double p) {
    return new Threshold("quantile:" + p, quantile(p));
  }

  /// The distribution for the model card: population standard deviation; quantiles at 0, 0.01,
  /// 0.05, the tenths up to 0.9, then 0.95, 0.98, 0.99, 0.995, ... as far as the rows reach, and 1;
  /// the tail as [TailFit] has it.
  public ScoreDistribution distribution() {
    List<Quantile> quantiles = new ArrayList<>();
    BODY.forEach(p -> quantiles.add(new Quantile(p, quantile(p))));
    BigDecimal decade = new BigDecimal("0.1");
    BigDecimal one = BigDecimal.ONE;
    while (decade.doubleValue() * count() > 1) {
      for (String multiple : TAIL) {
        BigDecimal tail = decade.multiply(new BigDecimal(multiple));
        if (tail.doubleValue() * count() >= 1) {
          double p = one.subtract(tail).doubleValue();
          quantiles.add(new Quantile(p, quantile(p)));
        }
      }
      decade = decade.movePointLeft(1);
    }
    quantiles.add(new Quantile(1, quantile(1)));
    return new ScoreDistribution(count(), mean, standardDeviation, quantiles, TailFit.of(sorted));
  }

  /// The scores as a histogram.
  ///
  /// @param bins number of equally wide bins, at least 1
  public Histogram histogram(int bins) {
    return Histogram.of(sorted, bins);
  }
}
