package io.weir.trainer.measure;

import io.weir.schemas.card.ScoreTail;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Fits a tail to the highest of some scores: peaks over a threshold, here called the start.
///
/// Which start: the highest 10 %, 5 %, 2 %, 1 % ... of the scores are fitted, as far as there are
/// 100 to 20,000 of them, and each fit is tested by its Anderson-Darling statistic. The start is
/// the lowest one whose p-value is at least 0.1: the more excesses, the smaller a misfit that the
/// test sees, so that a low start must fit better. (Rules over all p-values together, such as
/// ForwardStop by Bader, Yan and Zhang 2018, go too far up here: with so few starts, those that
/// clearly do not fit make it reject good ones behind them.)
///
/// Which estimator: maximum likelihood from 500 excesses on, below that probability-weighted
/// moments, which err less in small samples (Hosking and Wallis 1987); where one has no answer, the
/// other.
///
/// Excesses are divided by their median, so that huge and tiny scores fit alike. The largest one is
/// left out of the fit where it is more than 10 times the second: an anomaly among the rows that
/// are taken for normal. Of tails of a shape below 0.5, fewer than one in 100 has such a maximum.
final class TailFit {
  /// Fewer scores give no fit: the highest 10 % of them are the fewest [#EXCESSES_MIN].
  static final int ROWS_MIN = 1_000;

  static final int EXCESSES_MIN = 100;
  private static final int EXCESSES_MAX = 20_000;
  private static final int LIKELIHOOD_FROM = 500;
  private static final double GOODNESS_MIN = 0.1;
  private static final double[] DECADE = {1, 0.5, 0.2};

  /// Of the excesses, so many must be different.
  private static final double DISTINCT_MIN = 0.5;

  /// The largest excess may be there twice; where it makes up more than this, scores are capped.
  private static final double CAPPED_FROM = 0.01;

  private static final double OUTLIER = 10;

  private TailFit() {}

  /// One start and what came of it.
  ///
  /// @param problem why there is no fit; null if there is one
  /// @param fit in the unit of the score
  private record Candidate(
      double start, int excesses, ParetoFit fit, double goodness, String problem) {
    ScoreTail tail(String refusal) {
      return fit == null
          ? new ScoreTail(start, excesses, 0, 0, "none", 0, refusal)
          : new ScoreTail(
              start, excesses, fit.shape(), fit.scale(), fit.estimator().word(), goodness, refusal);
    }
  }

  /// Fits a tail, or says why there is none.
  ///
  /// @param sorted [rows] finite scores, ascending, at least one
  static ScoreTail of(float[] sorted) {
    if (sorted.length < ROWS_MIN) {
      return new ScoreTail(
          sorted[sorted.length - 1],
          0,
          0,
          0,
          "none",
          0,
          text("a tail takes %,d rows, there are %,d", ROWS_MIN, sorted.length));
    }
    Candidate nearest = null;
    for (int above : sizes(sorted.length)) {
      Candidate candidate = candidate(sorted, above);
      if (candidate.goodness() >= GOODNESS_MIN) {
        return candidate.tail(null);
      }
      if (nearest == null || candidate.goodness() > nearest.goodness()) {
        nearest = candidate;
      }
    }
    return nearest.tail(
        nearest.problem() != null
            ? nearest.problem()
            : text(
                "the highest scores follow no generalised Pareto distribution (p-value %.2g at"
                    + " best)",
                nearest.goodness()));
  }

  /// How many of the highest scores are tried, descending.
  private static List<Integer> sizes(int rows) {
    List<Integer> sizes = new ArrayList<>();
    for (double decade = 0.1; decade * rows >= EXCESSES_MIN; decade /= 10) {
      for (double part : DECADE) {
        long above = Math.round(part * decade * rows);
        if (above >= EXCESSES_MIN && above <= EXCESSES_MAX) {
          sizes.add((int) above);
        }
      }
    }
    return sizes;
  }

  private static Candidate candidate(float[] sorted, int above) {
    int first = sorted.length - above;
    double start = sorted[first - 1];
    while (first < sorted.length && sorted[first] == start) {
      first++;
    }
    int excesses = sorted.length - first;
    String problem = problem(sorted, first, above);
    if (problem != null) {
      return new Candidate(start, excesses, null, 0, problem);
    }
    double[] scaled = new double[excesses];
    Arrays.setAll(scaled, new Excess(sorted, first, start)::at);
    if (scaled[excesses - 1] > OUTLIER * scaled[excesses - 2]) {
      scaled = Arrays.copyOf(scaled, excesses - 1);
    }
    double unit = scaled[excesses / 2];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] /= unit;
    }
    double[] fitted = scaled;
    Optional<ParetoFit> fit = fit(fitted);
    return fit.map(
            f ->
                new Candidate(
                    start, excesses, f.inUnit(unit), GoodnessOfFit.pValue(f, fitted), null))
        .orElseGet(
            () ->
                new Candidate(
                    start,
                    excesses,
                    null,
                    0,
                    "neither estimator gives a shape from -0.5 to 1 for the highest scores"));
  }

  private record Excess(float[] sorted, int first, double start) {
    double at(int i) {
      return sorted[first + i] - start;
    }
  }

  /// Why the scores from an index on cannot be fitted; null if they can.
  private static String problem(float[] sorted, int first, int above) {
    int excesses = sorted.length - first;
    if (excesses == 0) {
      return text("the highest %,d scores are all the same", above + 1);
    }
    int distinct = 1;
    int atMaximum = 1;
    for (int i = sorted.length - 2; i >= first; i--) {
      distinct += sorted[i] == sorted[i + 1] ? 0 : 1;
      atMaximum += sorted[i] == sorted[sorted.length - 1] ? 1 : 0;
    }
    if (excesses < EXCESSES_MIN || distinct < DISTINCT_MIN * excesses) {
      return text(
          "too many equal scores: of the highest %,d, %,d exceed the lowest of them, with %,d"
              + " different values",
          above + 1, excesses, distinct);
    }
    if (atMaximum > Math.max(2, CAPPED_FROM * excesses)) {
      return text("scores are capped: %,d of the highest %,d are the maximum", atMaximum, excesses);
    }
    return null;
  }

  private static Optional<ParetoFit> fit(double[] scaled) {
    return scaled.length >= LIKELIHOOD_FROM
        ? GrimshawFit.of(scaled).or(() -> WeightedMomentsFit.of(scaled))
        : WeightedMomentsFit.of(scaled).or(() -> GrimshawFit.of(scaled));
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
