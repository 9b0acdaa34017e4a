package io.weir.benchmarks.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class TallyTest {
  @Test
  void chanceIsTheHypergeometricDistributions() {
    // 1 - C(30, 5) / C(38, 5)
    assertThat(Tally.chance(38, 8, 5)).isCloseTo(1 - 142_506.0 / 501_942.0, within(1e-12));
    assertThat(Tally.chance(38, 0, 5)).isZero();
    assertThat(Tally.chance(38, 34, 5)).isEqualTo(1);
    assertThat(Tally.chance(3, 1, 5)).isEqualTo(1);
  }

  @Test
  void anEventIsAHitWhereAGuiltyFeatureIsAmongTheFirst() {
    Tally tally = new Tally(2);
    tally.count(4, List.of(3), List.of(0, 3, 1, 2), List.of(0, 1, 2, 3));
    tally.count(4, List.of(1, 2), List.of(0, 3, 1, 2), List.of(2, 1, 0, 3));

    assertThat(tally.row("m")).isEqualTo("| m | 2 | 1.5 | 2 | 1.3 (67 %) | 1 (50 %) | 1 (50 %) |");
  }

  @Test
  void aLineOfTheCausesIsASegment() {
    assertThat(Segment.of("12760-12771:1,2,31"))
        .isEqualTo(new Segment(12_760, 12_771, List.of(0, 1, 30)));
    assertThatIllegalArgumentException().isThrownBy(() -> Segment.of("12760:1"));
  }
}
