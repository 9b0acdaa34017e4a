package io.weir.trainer.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.weir.schemas.card.ModelCard.Quantile;
import io.weir.schemas.card.ModelCard.ScoreDistribution;
import io.weir.schemas.card.ModelCard.Threshold;
import io.weir.trainer.data.ask.DataException;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScoreSampleTest {
  @ParameterizedTest
  @MethodSource("io.weir.trainer.measure.GoldenMeasures#read")
  void momentsAndQuantilesAreThoseOfNumPy(GoldenMeasures golden) {
    ScoreSample sample = ScoreSample.of(golden.floats());
    ScoreDistribution distribution = sample.distribution();
    double size = Math.abs(golden.mean()) + golden.standardDeviation();
    assertThat(distribution.mean()).isCloseTo(golden.mean(), within(1e-13 * size));
    assertThat(distribution.standardDeviation())
        .isCloseTo(golden.standardDeviation(), within(1e-13 * size));
    golden
        .quantiles()
        .forEach(
            (p, score) -> assertThat(sample.quantile(p)).isCloseTo(score, within(1e-13 * size)));
  }

  @Test
  void quantilesReachAsFarIntoTheTailAsTheRowsDo() {
    assertThat(grid(5)).startsWith(0.0, 0.01).endsWith(0.9, 1.0);
    assertThat(grid(1_000)).endsWith(0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999, 1.0);
    assertThat(grid(20_000)).endsWith(0.999, 0.9995, 0.9998, 0.9999, 0.99995, 1.0);
  }

  @Test
  void quantilesAscendInProbabilityAndScore() {
    List<Quantile> quantiles = ScoreSample.of(random(3_000)).distribution().quantiles();
    for (int i = 1; i < quantiles.size(); i++) {
      assertThat(quantiles.get(i).p()).isGreaterThan(quantiles.get(i - 1).p());
      assertThat(quantiles.get(i).score()).isGreaterThanOrEqualTo(quantiles.get(i - 1).score());
    }
  }

  @Test
  void theOrderOfTheRowsDoesNotMatterToTheQuantiles() {
    float[] scores = random(500);
    List<Float> shuffled = new java.util.ArrayList<>();
    for (float score : scores) {
      shuffled.add(score);
    }
    Collections.shuffle(shuffled, new Random(3));
    float[] other = new float[scores.length];
    for (int i = 0; i < other.length; i++) {
      other[i] = shuffled.get(i);
    }
    assertThat(ScoreSample.of(other).distribution().quantiles())
        .isEqualTo(ScoreSample.of(scores).distribution().quantiles());
  }

  @Test
  void aQuantileThresholdCarriesItsPolicy() {
    float[] scores = new float[1_001];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = i;
    }
    assertThat(ScoreSample.of(scores).quantileThreshold(0.999))
        .isEqualTo(new Threshold("quantile:0.999", 999));
    assertThatThrownBy(() -> ScoreSample.of(scores).quantile(1.5))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("from 0 to 1");
  }

  @Test
  void aSingleScoreIsItsWholeDistribution() {
    ScoreDistribution distribution = ScoreSample.of(new float[] {2.5f}).distribution();
    assertThat(distribution.mean()).isEqualTo(2.5);
    assertThat(distribution.standardDeviation()).isZero();
    assertThat(distribution.quantiles()).extracting(Quantile::score).containsOnly(2.5);
  }

  @Test
  void scoresMustBeThereAndFinite() {
    assertThatThrownBy(() -> ScoreSample.of(new float[0])).isInstanceOf(DataException.class);
    assertThatThrownBy(() -> ScoreSample.of(new float[] {1, Float.POSITIVE_INFINITY}))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("The score of row 1 is Infinity");
    assertThatThrownBy(() -> ScoreSample.of(new float[] {Float.NaN}))
        .isInstanceOf(DataException.class);
  }

  @Test
  void aHistogramCountsEveryScoreOnce() {
    Histogram histogram = ScoreSample.of(random(1_000)).histogram(12);
    long counted = histogram.above();
    for (long count : histogram.counts()) {
      counted += count;
    }
    assertThat(counted).isEqualTo(1_000);
    assertThat(histogram.above()).isEqualTo(10);
  }

  @Test
  void aHistogramIsPrintedWithTheExtremesApart() {
    float[] scores = new float[400];
    for (int i = 0; i < 399; i++) {
      scores[i] = i % 4;
    }
    scores[399] = 1_000;
    assertThat(ScoreSample.of(scores).histogram(3).print(10))
        .isEqualTo(
            """
                 0.000  ######      100
                 1.000  ######      100
                 2.000  ##########  199
                 3.000  #           1  up to 1000
            """);
  }

  private static List<Double> grid(int rows) {
    return ScoreSample.of(random(rows)).distribution().quantiles().stream()
        .map(Quantile::p)
        .toList();
  }

  private static float[] random(int rows) {
    Random random = new Random(5);
    float[] scores = new float[rows];
    for (int i = 0; i < rows; i++) {
      scores[i] = (float) Math.exp(random.nextGaussian());
    }
    return scores;
  }
}
