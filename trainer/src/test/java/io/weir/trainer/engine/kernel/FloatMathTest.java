package io.weir.trainer.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class FloatMathTest {
  private interface FloatFunction {
    float of(float x);
  }

  @Test
  void expIsWithinTwoUlps() {
    assertThat(worst(FloatMath::exp, StrictMath::exp, -87, 88)).isLessThan(2);
  }

  @Test
  void expIsClampedToFiniteNumbers() {
    assertThat(FloatMath.exp(1000)).isFinite().isGreaterThan(1e38f);
    assertThat(FloatMath.exp(-1000)).isPositive().isLessThan(2e-38f);
  }

  @Test
  void logIsWithinTwoUlps() {
    assertThat(worst(FloatMath::log, StrictMath::log, 1e-30, 1)).isLessThan(2);
    assertThat(worst(FloatMath::log, StrictMath::log, 1, 1e10)).isLessThan(2);
  }

  @Test
  void sigmoidKeepsItsNegativeTail() {
    DoubleUnaryOperator exact = x -> 1 / (1 + StrictMath.exp(-x));
    assertThat(worst(FloatMath::sigmoid, exact, -87, 20)).isLessThan(4);
  }

  @Test
  void tanhIsWithinFiveUlps() {
    assertThat(worst(FloatMath::tanh, StrictMath::tanh, -10, 10)).isLessThan(5);
    assertThat(worst(FloatMath::tanh, StrictMath::tanh, -1e-3, 1e-3)).isLessThan(5);
  }

  @Test
  void sineOfHalfTurnsIsWithinThreeUlps() {
    assertThat(worst(FloatMath::sinPi, x -> StrictMath.sin(Math.PI * x), -0.5, 0.5)).isLessThan(3);
  }

  @Test
  void notANumberStaysNotANumber() {
    assertThat(FloatMath.exp(Float.NaN)).isNaN();
    assertThat(FloatMath.sigmoid(Float.NaN)).isNaN();
    assertThat(FloatMath.tanh(Float.NaN)).isNaN();
  }

  /// Largest error over the range, in units in the last place of the exact value.
  private static double worst(FloatFunction f, DoubleUnaryOperator exact, double from, double to) {
    double worst = 0;
    int steps = 200_000;
    for (int i = 0; i <= steps; i++) {
      float x = (float) (from + (to - from) * i / steps);
      double y = exact.applyAsDouble(x);
      worst = Math.max(worst, Math.abs(f.of(x) - y) / Math.ulp((float) y));
    }
    return worst;
  }
}
