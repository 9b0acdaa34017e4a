package io.weir.trainer.fit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.weir.trainer.engine.layer.Activation;
import io.weir.trainer.engine.network.NetworkSpec;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.loss.Reconstruction;
import io.weir.trainer.fit.loss.Reduction;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuitabilityTest {
  private static final Objective BCE =
      new Objective(Reconstruction.BCE, Reduction.SUM, 1, Reduction.SUM);

  @Test
  void columnsAndInputsMustAgree() {
    refused(Toys.vae(8, 5, 2), Toys.MSE, Toys.rows(10, 9, 1), "9 columns, the network takes 8");
  }

  @Test
  void thereMustBeRows() {
    refused(Toys.vae(9, 5, 2), Toys.MSE, Toys.rows(0, 9, 1), "0 rows to train on: at least 2");
  }

  @Test
  void inputsMustBeFinite() {
    TrainingRows rows = Toys.rows(10, 9, 1);
    rows.inputs()[3 * 9 + 4] = Float.NaN;
    refused(Toys.vae(9, 5, 2), Toys.MSE, rows, "Row 3, column 4 is NaN");
  }

  @Test
  void crossEntropyNeedsASigmoid() {
    refused(Toys.vae(9, 5, 2), BCE, Toys.rows(10, 9, 1), "needs a sigmoid output");
  }

  @Test
  void crossEntropyNeedsProbabilities() {
    TrainingRows rows = Toys.rows(10, 9, 1);
    rows.inputs()[0] = 1.5f;
    refused(sigmoid(), BCE, rows, "Row 0, column 0 is 1.5");
    rows.inputs()[0] = 1.0000001f;
    assertThatCode(() -> Suitability.check(sigmoid(), BCE, rows, 2)).doesNotThrowAnyException();
  }

  @Test
  void weightsMustNotBeNegative() {
    TrainingRows rows = new TrainingRows(new float[18], 2, 9, new float[] {1, -2});
    refused(Toys.vae(9, 5, 2), Toys.MSE, rows, "The weight of row 1 is -2.0");
  }

  private static NetworkSpec sigmoid() {
    return new NetworkSpec.Autoencoder(
        List.of(Toys.dense(9, 2, new Activation.Linear())),
        List.of(Toys.dense(2, 9, new Activation.Sigmoid())));
  }

  private static void refused(
      NetworkSpec spec, Objective objective, TrainingRows rows, String message) {
    assertThatExceptionOfType(FitException.Unsuitable.class)
        .isThrownBy(() -> Suitability.check(spec, objective, rows, 2))
        .withMessageContaining(message);
  }
}
