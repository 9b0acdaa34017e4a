package io.weir.schemas.card;

import io.weir.schemas.card.ModelCard.Quantile;
import io.weir.schemas.card.ModelCard.ScoreDistribution;
import java.util.Arrays;

/// How rare a score is, and which score is so rare: two functions that are each other's inverse.
/// Immutable.
///
/// Both know the share of normal events that score at least `s`. Between two quantiles of the card
/// its logarithm is linear in the score: an exponential tail from one to the next. Above the start
/// of a usable [ScoreTail] it is that of the fitted distribution, which goes on where the rows end.
/// Where both meet they agree, so that the share falls everywhere and jumps nowhere.
public final class Calibration {
  /// How much rarer than one in all validation rows a fitted tail may call a score.
  ///
  /// The further out, the more an error of the fitted shape counts. Of 20,000 exponential, Pareto
  /// (shape 0.2 and 0.5) and chi-squared (4 and 16 degrees) scores, in 8 of 10 samples the true
  /// rate is 0.5 to 2.5 times the asked one at one in 20,000, 0.25 to 6 times at 10 times that, and
  /// 0.1 to 20 times at 100 times: there its order of magnitude is what is known, and not even that
  /// beyond.
  public static final int REACH = 100;

  /// A probability such as 0.999 is not exact in binary; its complement may be off by a rounding.
  private static final double ROUNDING = 1e-9;

  private final double[] scores;
  private final double[] shares;
  private final long count;
  private final ScoreTail tail;

  private Calibration(double[] scores, double[] shares, long count, ScoreTail tail) {
    this.scores = scores;
    this.shares = shares;
    this.count = count;
    this.tail = tail;
  }

  /// By the quantiles and, where it is usable, the tail.
  public static Calibration of(ScoreDistribution distribution) {
    ScoreTail tail = distribution.tail();
    return tail != null && tail.usable() ? fitted(distribution, tail) : empirical(distribution);
  }

  /// By the quantiles alone.
  public static Calibration empirical(ScoreDistribution distribution) {
    int knots = distribution.quantiles().size();
    double[] scores = new double[knots];
    double[] shares = new double[knots];
    for (int i = 0; i < knots; i++) {
      scores[i] = distribution.quantiles().get(i).score();
      shares[i] = share(distribution.quantiles().get(i), distribution.count());
    }
    return new Calibration(scores, shares, distribution.count(), null);
  }

  private static Calibration fitted(ScoreDistribution distribution, ScoreTail tail) {
    double share = (double) tail.excesses() / distribution.count();
    double[] scores = new double[distribution.quantiles().size() + 1];
    double[] shares = new double[scores.length];
    int knots = 0;
    for (Quantile quantile : distribution.quantiles()) {
      if (quantile.score() < tail.start() && share(quantile, distribution.count()) > share) {
        scores[knots] = quantile.score();
        shares[knots++] = share(quantile, distribution.count());
      }
    }
    scores[knots] = tail.start();
    shares[knots++] = share;
    return new Calibration(
        Arrays.copyOf(scores, knots), Arrays.copyOf(shares, knots), distribution.count(), tail);
  }

  private static double share(Quantile quantile, long count) {
    return Math.max(1 - quantile.p(), 1.0 / count);
  }

  /// How rare a score is: one in so many normal events scores at least this much. Never below 1,
  /// never falling as the score rises. Of equal quantiles the lowest counts. NaN for NaN.
  ///
  /// @return 1 to [#rarest()]
  public double rarity(double score) {
    if (Double.isNaN(score)) {
      return Double.NaN;
    }
    if (tail != null && score > tail.start()) {
      return Math.clamp(1 / (last() * tail.exceeds(score - tail.start())), 1 / last(), rarest());
    }
    int at = 0;
    while (at < scores.length && scores[at] < score) {
      at++;
    }
    if (at == scores.length) {
      return count;
    }
    if (at == 0 || scores[at] == score) {
      return at == 0 && score < scores[at] ? 1 : oneIn(shares[at]);
    }
    double way = (score - scores[at - 1]) / (scores[at] - scores[at - 1]);
    double from = shares[at - 1];
    double to = shares[at];
    return Math.clamp(oneIn(from * Math.pow(to / from, way)), oneIn(from), oneIn(to));
  }

  /// The score that a share of the normal events exceeds.
  ///
  /// @param share above 0, at most 1, of the events; [#reaches(double)] says how small it may be
  /// @throws IllegalArgumentException where it is smaller
  public double threshold(double share) {
    if (!reaches(share)) {
      throw new IllegalArgumentException(
          "One event in %s is rarer than one in %s".formatted(1 / share, rarest()));
    }
    if (tail != null && share < last()) {
      return tail.start() + tail.excessOf(share / last());
    }
    int at = 0;
    while (at < scores.length - 1 && shares[at] > share * (1 + ROUNDING)) {
      at++;
    }
    if (at == 0 || shares[at] >= share * (1 - ROUNDING)) {
      return scores[at];
    }
    double way = Math.log(share / shares[at - 1]) / Math.log(shares[at] / shares[at - 1]);
    return scores[at - 1] + Math.clamp(way, 0, 1) * (scores[at] - scores[at - 1]);
  }

  /// Whether the rows, or the tail that was fitted to them, tell anything of scores so rare.
  public boolean reaches(double share) {
    return share >= (1 - ROUNDING) / rarest();
  }

  /// The largest [#rarity]: the number of rows, or with a usable tail [#REACH] times that.
  public double rarest() {
    return tail == null ? count : (double) REACH * count;
  }

  private double last() {
    return shares[shares.length - 1];
  }

  /// The reciprocal of `1.0 / count` may be rounded up above the count.
  private double oneIn(double share) {
    return Math.min(1 / share, count);
  }
}
