package io.weir.trainer.fit;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.trainer.engine.kernel.KernelTwins;
import io.weir.trainer.engine.kernel.Kernels;
import io.weir.trainer.engine.network.DenseParameters;
import java.util.List;
import org.junit.jupiter.api.Test;

class FitTest {
  private static final FitListener SILENT = new FitListener() {};

  @Test
  void learnsAToySet() {
    TrainingRows rows = Toys.rows(512, 9, 1);
    FitResult result =
        new Fit().run(Toys.vae(9, 20, 3), Toys.MSE, rows, Toys.settings(32, 60, 0.2, 1, 1), SILENT);

    assertThat(result.history()).hasSize(60);
    double first = result.history().getFirst().validationLoss();
    assertThat(result.best().validationLoss()).isLessThan(0.2 * first);
    assertThat(result.validationRows()).hasSize(103).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void theNumberOfThreadsDoesNotChangeABit() {
    TrainingRows rows = Toys.rows(300, 33, 2);
    List<DenseParameters> one = weights(new Fit(), rows, 1);
    for (int threads = 2; threads <= 4; threads++) {
      assertThat(weights(new Fit(), rows, threads)).usingRecursiveComparison().isEqualTo(one);
    }
  }

  @Test
  void theKernelsDoNotChangeABit() {
    TrainingRows rows = Toys.rows(300, 33, 2);
    List<DenseParameters> scalar = weights(new Fit(KernelTwins.scalar()), rows, 1);
    for (Kernels kernels : KernelTwins.vectors().toList()) {
      assertThat(weights(new Fit(kernels), rows, 1)).usingRecursiveComparison().isEqualTo(scalar);
    }
  }

  private static List<DenseParameters> weights(Fit fit, TrainingRows rows, int threads) {
    return fit.run(
            Toys.vae(33, 70, 5), Toys.MSE, rows, Toys.settings(100, 3, 0.1, 7, threads), SILENT)
        .parameters();
  }
}
