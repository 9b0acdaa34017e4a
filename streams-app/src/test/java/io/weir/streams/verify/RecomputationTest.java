package io.weir.streams.verify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecomputationTest {
  private static final float INFINITE = Float.POSITIVE_INFINITY;

  @Test
  void valuesAreNearWithinTheToleranceOfTheLarger() {
    assertThat(Recomputation.isNear(100.0005f, 100, 1e-5)).isTrue();
    assertThat(Recomputation.isNear(100.01f, 100, 1e-5)).isFalse();
    assertThat(Recomputation.isNear(0.000_005f, 0, 1e-5)).isTrue();
    assertThat(Recomputation.isNear(1, Math.nextUp(1f), 0)).isFalse();
  }

  @Test
  void nothingIsNearToTheInfiniteOrToWhatIsNoNumber() {
    assertThat(Recomputation.isNear(1, INFINITE, 1e-5)).isFalse();
    assertThat(Recomputation.isNear(INFINITE, 1, 1e-5)).isFalse();
    assertThat(Recomputation.isNear(-INFINITE, INFINITE, 1e-5)).isFalse();
    assertThat(Recomputation.isNear(1, Float.NaN, 1e-5)).isFalse();
    assertThat(Recomputation.isNear(Float.NaN, 1, 1e-5)).isFalse();
  }
}
