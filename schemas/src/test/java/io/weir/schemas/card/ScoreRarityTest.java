package io.weir.schemas.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.schemas.card.ModelCard.Quantile;
import io.weir.schemas.card.ModelCard.ScoreDistribution;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ScoreRarityTest {
  @Test
  void aQuantileIsOneInSoMany() {
    ScoreDistribution scores = Cards.scores();

    assertThat(scores.rarity(0.5)).isEqualTo(2);
    assertThat(scores.rarity(1)).isCloseTo(10, within(1e-9));
    assertThat(scores.rarity(2)).isCloseTo(100, within(1e-9));
  }

  @Test
  void betweenQuantilesTheTailIsExponential() {
    // Halfway between one in 10 and one in 100.
    assertThat(Cards.scores().rarity(1.5)).isCloseTo(Math.sqrt(10 * 100), within(1e-9));
  }

  @Test
  void theMaximumAndAllAboveAreAsRareAsTheRowsCanTell() {
    assertThat(Cards.scores().rarity(4)).isEqualTo(1_000);
    assertThat(Cards.scores().rarity(1e9)).isEqualTo(1_000);
    assertThat(Cards.scores().rarity(Double.POSITIVE_INFINITY)).isEqualTo(1_000);
  }

  @Test
  void theMinimumAndAllBelowAreNotRare() {
    assertThat(Cards.scores().rarity(0.125)).isEqualTo(1);
    assertThat(Cards.scores().rarity(-3)).isEqualTo(1);
  }

  @Test
  void ofEqualScoresTheMostOrdinaryCounts() {
    ScoreDistribution constant =
        new ScoreDistribution(
            50, 1, 0, List.of(new Quantile(0, 1), new Quantile(0.5, 1), new Quantile(1, 1)));

    assertThat(constant.rarity(1)).isEqualTo(1);
    assertThat(constant.rarity(1.1)).isEqualTo(50);
  }

  @Test
  void noScoreIsRarerThanTheRowsCanTell() {
    // 1 / (1.0 / 98) is 98.00000000000001.
    ScoreDistribution scores =
        new ScoreDistribution(98, 1, 1, List.of(new Quantile(0, 0), new Quantile(1, 1)));

    assertThat(scores.rarity(1)).isEqualTo(98);
    assertThat(scores.rarity(0.999)).isLessThanOrEqualTo(98);
  }

  @Test
  void notANumberHasNoRarity() {
    assertThat(Cards.scores().rarity(Double.NaN)).isNaN();
  }

  @Property(tries = 300)
  void neverFallsAsTheScoreRises(@ForAll long seed, @ForAll @IntRange(min = 2, max = 40) int n) {
    Random random = new Random(seed);
    double[] p = IntStream.range(0, n).mapToDouble(_ -> random.nextDouble()).sorted().toArray();
    p[0] = 0;
    p[n - 1] = 1;
    double[] s =
        IntStream.range(0, n).mapToDouble(_ -> random.nextInt(20) / 4.0).sorted().toArray();
    List<Quantile> quantiles =
        IntStream.range(0, n).mapToObj(i -> new Quantile(p[i], s[i])).toList();
    ScoreDistribution scores = new ScoreDistribution(1 + random.nextInt(500), 0, 1, quantiles);
    double[] ordered =
        IntStream.range(0, 300).mapToDouble(_ -> random.nextDouble() * 6 - 0.5).sorted().toArray();

    double[] rarities = Arrays.stream(ordered).map(scores::rarity).toArray();

    assertThat(rarities).isSorted();
    assertThat(rarities[0]).isGreaterThanOrEqualTo(1);
    assertThat(rarities[299]).isLessThanOrEqualTo(scores.count());
  }
}
