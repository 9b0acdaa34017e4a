package io.weir.schemas.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.weir.schemas.card.ModelCard.ScoreDistribution;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  /// 1,000 rows, of which 50 are above 1.5, where an exponential tail of the scale 0.5 begins.
  private static ScoreDistribution exponential() {
    return with(new ScoreTail(1.5, 50, 0, 0.5, "maximum_likelihood", 0.6, null));
  }

  private static ScoreDistribution with(ScoreTail tail) {
    ScoreDistribution rows = Cards.scores();
    return new ScoreDistribution(
        rows.count(), rows.mean(), rows.standardDeviation(), rows.quantiles(), tail);
  }

  @Test
  void aboveTheStartTheFittedTailSaysHowRareAScoreIs() {
    Calibration calibration = Calibration.of(exponential());
    assertThat(calibration.rarity(1.5)).isCloseTo(20, within(1e-9));
    assertThat(calibration.rarity(2)).isCloseTo(20 * Math.E, within(1e-9));
    // Beyond the maximum of the rows, 4.
    assertThat(calibration.rarity(4.5)).isCloseTo(20 * Math.exp(6), within(1e-6));
  }

  @Test
  void belowTheStartTheRowsDo() {
    assertThat(Calibration.of(exponential()).rarity(0.75))
        .isEqualTo(Calibration.empirical(Cards.scores()).rarity(0.75));
  }

  @Test
  void noScoreIsRarerThanAHundredTimesTheRows() {
    Calibration calibration = Calibration.of(exponential());
    assertThat(calibration.rarest()).isEqualTo(1e5);
    assertThat(calibration.rarity(1e9)).isEqualTo(1e5);
    assertThat(calibration.rarity(Double.POSITIVE_INFINITY)).isEqualTo(1e5);
    assertThat(calibration.reaches(1e-5)).isTrue();
    assertThat(calibration.reaches(0.99e-5)).isFalse();
    assertThatThrownBy(() -> calibration.threshold(1e-6))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void beyondTheEndOfATailScoresAreAsRareAsCanBe() {
    // It ends 0.5 / 0.25 above its start.
    Calibration ending =
        Calibration.of(with(new ScoreTail(1.5, 50, -0.25, 0.5, "maximum_likelihood", 0.6, null)));
    assertThat(ending.rarity(3)).isBetween(5_000.0, 5_300.0);
    assertThat(ending.rarity(3.6)).isEqualTo(1e5);
    assertThat(ending.threshold(1e-5)).isBetween(3.2, 3.4);
  }

  @Test
  void aRefusedTailIsNotUsed() {
    ScoreDistribution refused =
        with(new ScoreTail(1.5, 50, 0, 0.5, "maximum_likelihood", 0.01, "it does not fit"));
    assertThat(Calibration.of(refused).rarity(1e9)).isEqualTo(1_000);
    assertThat(Calibration.of(refused).threshold(0.01)).isEqualTo(2);
  }

  @Property(tries = 300)
  void rarityNeverFallsAndTheThresholdIsItsInverse(
      @ForAll @DoubleRange(min = -0.49, max = 0.99) double shape,
      @ForAll @DoubleRange(min = 0.01, max = 1e3) double scale,
      @ForAll @IntRange(min = 5, max = 900) int excesses) {
    // The start lies anywhere among the quantiles, also where its share does not fit to theirs.
    Calibration calibration =
        Calibration.of(
            with(new ScoreTail(1.5, excesses, shape, scale, "maximum_likelihood", 0.6, null)));
    double[] scores =
        DoubleStream.concat(
                DoubleStream.iterate(0, s -> s < 4, s -> s + 0.013),
                DoubleStream.iterate(4, s -> s < 1e6, s -> s * 1.3))
            .toArray();

    double[] rarities = Arrays.stream(scores).map(calibration::rarity).toArray();

    assertThat(rarities).isSorted();
    assertThat(rarities[0]).isEqualTo(1);
    for (double share = 0.99; calibration.reaches(share); share *= 0.8) {
      double threshold = calibration.threshold(share);
      // Where scores lie close together one of them stands for many rarities.
      double above = calibration.rarity(threshold + 1e-9 * Math.abs(threshold));
      double below = calibration.rarity(threshold - 1e-9 * Math.abs(threshold));
      assertThat(1 / share).isBetween(below * (1 - 1e-6), above * (1 + 1e-6));
    }
  }

  @Test
  void whereRowsAndTailMeetNothingJumps() {
    Calibration calibration = Calibration.of(exponential());
    assertThat(calibration.rarity(Math.nextDown(1.5)))
        .isCloseTo(calibration.rarity(Math.nextUp(1.5)), within(1e-9));
  }
}
