package io.weir.trainer.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.schemas.card.Calibration;
import io.weir.schemas.card.ScoreTail;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TailFitTest {
  private static final DoubleUnaryOperator UNIFORM = p -> p;

  /// Name, quantile function, shape, how far the estimate may be off.
  static Stream<Arguments> distributions() {
    return Stream.of(
        Arguments.of("exponential", (DoubleUnaryOperator) Tails::exponential, 0.0, 0.08),
        Arguments.of("Pareto 0.2", Tails.pareto(0.2), 0.2, 0.1),
        Arguments.of("Pareto 0.5", Tails.pareto(0.5), 0.5, 0.13),
        Arguments.of("triangular", (DoubleUnaryOperator) p -> -Math.sqrt(1 - p), -0.5, 0.12));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("distributions")
  void theShapeOfAKnownDistributionIsFound(
      String name, DoubleUnaryOperator quantile, double shape, double off) {
    double[] shapes =
        LongStream.range(0, 5)
            .mapToObj(seed -> TailFit.of(Tails.sample(20_000, seed, quantile)))
            .filter(ScoreTail::usable)
            .mapToDouble(ScoreTail::shape)
            .toArray();
    // A shape at the limit of what is fitted is refused now and then.
    assertThat(shapes).hasSizeGreaterThanOrEqualTo(shape == -0.5 ? 2 : 4);
    assertThat(Arrays.stream(shapes).average().orElseThrow()).isCloseTo(shape, within(off));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("distributions")
  void aThresholdBeyondTheRowsHasAboutTheRateThatWasAskedFor(
      String name, DoubleUnaryOperator quantile, double shape, double off) {
    for (long seed = 0; seed < 5; seed++) {
      float[] scores = Tails.sample(20_000, seed, quantile);
      if (!TailFit.of(scores).usable()) {
        continue;
      }
      double threshold = Calibration.of(ScoreSample.of(scores).distribution()).threshold(1e-5);
      // One in 100,000 of 20,000 rows: the truth within a factor of 5.
      assertThat(threshold)
          .as("seed %d", seed)
          .isBetween(quantile.applyAsDouble(1 - 5e-5), quantile.applyAsDouble(1 - 2e-6) + 0.03);
    }
  }

  @Test
  void normalAndLogNormalScoresHaveATailNearToTheirs() {
    for (long seed = 0; seed < 4; seed++) {
      ScoreTail normal = TailFit.of(Tails.normal(50_000, seed, z -> z));
      assertThat(normal.refusal()).isNull();
      assertThat(normal.shape()).isBetween(-0.35, 0.05);
      ScoreTail logNormal = TailFit.of(Tails.normal(50_000, seed, Math::exp));
      assertThat(logNormal.refusal()).isNull();
      assertThat(logNormal.shape()).isBetween(0.1, 0.6);
    }
  }

  @Test
  void fewExcessesAreFittedByMomentsManyByLikelihood() {
    assertThat(TailFit.of(Tails.sample(2_000, 1, Tails::exponential)).estimator())
        .isEqualTo("probability_weighted_moments");
    assertThat(TailFit.of(Tails.sample(20_000, 1, Tails::exponential)).estimator())
        .isEqualTo("maximum_likelihood");
  }

  @Test
  void theLowestStartThatFitsIsTaken() {
    // Exponential above 10, something else below: 4 % of the rows are of the tail.
    float[] scores =
        Tails.sample(
            50_000,
            3,
            p -> p < 0.96 ? 10 * Math.pow(p / 0.96, 9) : 10 + Tails.exponential((p - 0.96) / 0.04));
    ScoreTail tail = TailFit.of(scores);
    assertThat(tail.usable()).isTrue();
    assertThat(tail.excesses()).isBetween(500L, 2_000L);
    assertThat(tail.start()).isGreaterThan(9.9);
    assertThat(tail.shape()).isCloseTo(0, within(0.15));
  }

  @ParameterizedTest
  @CsvSource({"1e30", "1e-30", "1e-37", "1e34"})
  void hugeAndTinyScoresFitAlike(float unit) {
    float[] scores = Tails.sample(20_000, 7, Tails.pareto(0.2));
    ScoreTail plain = TailFit.of(scores);
    ScoreTail scaled = TailFit.of(Tails.times(scores, unit));
    assertThat(scaled.refusal()).isNull();
    assertThat(scaled.excesses()).isEqualTo(plain.excesses());
    assertThat(scaled.shape()).isCloseTo(plain.shape(), within(1e-4));
    assertThat(scaled.scale() / unit).isCloseTo(plain.scale(), within(1e-3 * plain.scale()));
  }

  @Test
  void anOffsetThatTakesAllPrecisionIsRefused() {
    float[] scores = Tails.sample(20_000, 7, p -> 1e8 + Tails.exponential(p));
    assertThat(TailFit.of(scores).refusal()).contains("equal").doesNotContain("NaN");
  }

  @Test
  void constantScoresHaveNoTail() {
    float[] constant = new float[5_000];
    Arrays.fill(constant, 3.5f);
    ScoreTail tail = TailFit.of(constant);
    assertThat(tail.refusal()).isEqualTo("the highest 501 scores are all the same");
    assertThat(tail.estimator()).isEqualTo("none");
    assertThat(tail.start()).isEqualTo(3.5);
    assertThat(ScoreSample.of(constant).distribution().rarity(4)).isEqualTo(5_000);
  }

  @Test
  void fewScoresHaveNoTail() {
    assertThat(TailFit.of(Tails.sample(999, 1, Tails::exponential)).refusal())
        .isEqualTo("a tail takes 1,000 rows, there are 999");
    assertThat(TailFit.of(new float[] {1}).refusal()).contains("there are 1");
    assertThat(TailFit.of(Tails.sample(1_000, 1, Tails::exponential)).usable()).isTrue();
  }

  @Test
  void roundedScoresAreRefusedButRoundingFarBelowTheScaleIsNot() {
    float[] coarse = Tails.sample(20_000, 2, p -> Math.rint(5 * Tails.exponential(p)));
    assertThat(TailFit.of(coarse).refusal()).contains("too many equal scores");
    float[] fine = Tails.sample(20_000, 2, p -> Math.rint(1e5 * Tails.exponential(p)));
    assertThat(TailFit.of(fine).usable()).isTrue();
  }

  @Test
  void cappedScoresAreRefused() {
    float[] capped = Tails.sample(20_000, 2, p -> Math.min(5, Tails.exponential(p)));
    assertThat(TailFit.of(capped).refusal()).contains("capped");
  }

  @Test
  void theMaximumMayBeThereTwice() {
    float[] scores = Tails.sample(20_000, 2, Tails::exponential);
    scores[scores.length - 2] = scores[scores.length - 1];
    assertThat(TailFit.of(scores).usable()).isTrue();
  }

  @Test
  void oneOutlierDoesNotChangeTheTail() {
    float[] scores = Tails.sample(20_000, 4, Tails::exponential);
    ScoreTail without = TailFit.of(scores);
    scores[scores.length - 1] = 1e6f;
    ScoreTail with = TailFit.of(scores);
    assertThat(with.refusal()).isNull();
    assertThat(with.shape()).isCloseTo(without.shape(), within(0.1));
  }

  @Test
  void aSharpUpperEndIsRefused() {
    // The shape of the uniform distribution is -1: the likelihood has no maximum there.
    assertThat(TailFit.of(Tails.sample(20_000, 5, UNIFORM)).usable()).isFalse();
  }

  @Test
  void twoClumpsOfScoresAreNoTail() {
    float[] clumps = Tails.sample(3_000, 6, p -> p < 0.95 ? p : p < 0.975 ? 100 + p : 1_000 + p);
    ScoreTail tail = TailFit.of(clumps);
    assertThat(tail.usable()).isFalse();
    assertThat(tail.refusal()).isNotBlank();
  }
}
