package io.weir.trainer.fit.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.trainer.engine.network.Inference;
import org.junit.jupiter.api.Test;

class RowLossesTest {
  private static final float[] INPUTS = {0, 1, 0.5f, 1};
  private static final Inference.Outputs OUTPUTS =
      new Inference.Outputs(
          2,
          new float[] {0.5f, 1, 0.5f, 0},
          new float[] {0, 1, 2, 0},
          new float[] {0, 0, 0, (float) Math.log(2)},
          new float[0]);

  @Test
  void squaredErrorsAreAveragedOrSummed() {
    assertThat(of(Reconstruction.MSE, Reduction.MEAN).reconstruction()).containsExactly(0.125, 0.5);
    assertThat(of(Reconstruction.MSE, Reduction.SUM).reconstruction()).containsExactly(0.25, 1);
  }

  @Test
  void absoluteErrorsAreAveragedOrSummed() {
    assertThat(of(Reconstruction.L1, Reduction.MEAN).reconstruction()).containsExactly(0.25, 0.5);
  }

  @Test
  void crossEntropyClipsProbabilitiesInFloat() {
    double[] losses = of(Reconstruction.BCE, Reduction.SUM).reconstruction();
    double log2 = Math.log(2);
    assertThat(losses[0]).isCloseTo(log2 - Math.log((float) (1 - 1e-7)), within(1e-12));
    assertThat(losses[1]).isCloseTo(log2 - Math.log(1e-7f), within(1e-12));
  }

  @Test
  void klDivergenceIsAveragedOrSummed() {
    double second = 0.5 * (1 - Math.log(2)) + 2;
    double[] sum = of(Reconstruction.MSE, Reduction.SUM).klDivergence();
    assertThat(sum[0]).isEqualTo(0.5);
    assertThat(sum[1]).isCloseTo(second, within(1e-7));
    double[] mean = of(Reconstruction.MSE, Reduction.MEAN).klDivergence();
    assertThat(mean[1]).isCloseTo(second / 2, within(1e-7));
  }

  @Test
  void theScoreWeighsTheDivergence() {
    assertThat(of(Reconstruction.MSE, Reduction.SUM).score(0, 2)).isEqualTo(0.25 + 2 * 0.5);
  }

  @Test
  void autoencodersHaveNoDivergence() {
    Inference.Outputs outputs =
        new Inference.Outputs(1, new float[] {0, 0}, new float[] {3}, new float[0], new float[0]);
    Objective objective = new Objective(Reconstruction.MSE, Reduction.SUM, 1, Reduction.SUM);
    assertThat(RowLosses.of(objective, new float[] {1, 1}, outputs).klDivergence())
        .containsExactly(0);
  }

  private static RowLosses of(Reconstruction reconstruction, Reduction reduction) {
    return RowLosses.of(new Objective(reconstruction, reduction, 1, reduction), INPUTS, OUTPUTS);
  }
}
