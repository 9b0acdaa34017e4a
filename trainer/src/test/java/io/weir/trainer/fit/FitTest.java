package io.weir.trainer.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.weir.trainer.engine.kernel.KernelTwins;
import io.weir.trainer.engine.kernel.Kernels;
import io.weir.trainer.engine.layer.LayerParameters;
import io.weir.trainer.engine.layer.LayerParameters.OfDense;
import io.weir.trainer.fit.FitResult.Ending;
import io.weir.trainer.fit.optimizer.Optimizer.Adam;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FitTest {
  private static final FitListener SILENT = new FitListener() {};

  @Test
  void learnsAToySet() {
    FitResult result = run(Toys.rows(512, 9, 1), Toys.settings(32, 60, 0.2, 1, 1), SILENT);

    assertThat(result.ending()).isEqualTo(Ending.COMPLETED);
    assertThat(result.history()).hasSize(60);
    double first = result.history().getFirst().validationLoss();
    assertThat(result.best().validationLoss()).isLessThan(0.2 * first);
  }

  @Test
  void theNumberOfThreadsDoesNotChangeABit() {
    TrainingRows rows = Toys.rows(300, 33, 2);
    FitResult one = deterministic(new Fit(), rows, 1);
    for (int threads = 2; threads <= 4; threads++) {
      assertSame(deterministic(new Fit(), rows, threads), one);
    }
  }

  @Test
  void theKernelsDoNotChangeABit() {
    TrainingRows rows = Toys.rows(300, 33, 2);
    FitResult scalar = deterministic(new Fit(KernelTwins.scalar()), rows, 1);
    for (Kernels kernels : KernelTwins.vectors().toList()) {
      assertSame(deterministic(new Fit(kernels), rows, 1), scalar);
    }
  }

  @Test
  void anotherSeedGivesOtherWeights() {
    TrainingRows rows = Toys.rows(64, 9, 2);
    FitResult one = run(rows, Toys.settings(32, 1, 0, 1, 1), SILENT);
    FitResult two = run(rows, Toys.settings(32, 1, 0, 2, 1), SILENT);
    assertThat(((OfDense) one.parameters().getFirst()).kernel())
        .isNotEqualTo(((OfDense) two.parameters().getFirst()).kernel());
  }

  @Test
  void holdsOutTheCeilingOfTheFraction() {
    FitResult result = run(Toys.rows(101, 9, 1), Toys.settings(32, 1, 0.2, 1, 1), SILENT);
    assertThat(result.validationRows()).hasSize(21).isSorted().doesNotHaveDuplicates();
    FitResult other = run(Toys.rows(101, 9, 1), Toys.settings(32, 1, 0.2, 2, 1), SILENT);
    assertThat(other.validationRows()).isNotEqualTo(result.validationRows());
  }

  @Test
  void withoutValidationTheTrainingLossDecides() {
    FitResult result = run(Toys.rows(100, 9, 1), Toys.settings(32, 5, 0, 1, 1), SILENT);
    assertThat(result.validationRows()).isEmpty();
    assertThat(result.history())
        .allSatisfy(e -> assertThat(e.validationLoss()).isNaN())
        .allSatisfy(e -> assertThat(e.loss()).isGreaterThanOrEqualTo(result.best().loss()));
  }

  @Test
  void anEpochsLossIsTheMeanOverItsRowsPartialBatchIncluded() {
    List<Double> losses = new ArrayList<>();
    List<Integer> stepsSeen = new ArrayList<>();
    FitListener listener =
        new FitListener() {
          @Override
          public void stepDone(int epoch, int step, int steps, double loss) {
            losses.add(loss);
            stepsSeen.add(steps);
          }
        };
    FitResult result = run(Toys.rows(70, 9, 1), Toys.settings(32, 1, 0, 1, 1), listener);

    assertThat(stepsSeen).containsExactly(3, 3, 3);
    double mean = (32 * losses.get(0) + 32 * losses.get(1) + 6 * losses.get(2)) / 70;
    assertThat(result.history().getFirst().loss()).isCloseTo(mean, within(1e-12));
  }

  @Test
  void aBatchLargerThanTheRowsIsAllRows() {
    FitResult result = run(Toys.rows(5, 9, 1), Toys.settings(1000, 3, 0.2, 1, 1), SILENT);
    assertThat(result.history()).hasSize(3);
    assertThat(result.validationRows()).hasSize(1);
  }

  @Test
  void interruptingKeepsTheBestWeightsSoFar() {
    TrainingRows rows = Toys.rows(256, 9, 1);
    FitListener afterTenEpochs =
        new FitListener() {
          private int epochs;

          @Override
          public void epochDone(EpochLoss loss) {
            epochs++;
          }

          @Override
          public boolean stopRequested() {
            return epochs == 10;
          }
        };
    FitResult result = run(rows, Toys.settings(32, 1000, 0.2, 1, 1), afterTenEpochs);

    assertThat(result.ending()).isEqualTo(Ending.INTERRUPTED);
    assertThat(result.history()).hasSize(11);
    FitResult same = run(rows, Toys.settings(32, 10, 0.2, 1, 1), SILENT);
    if (result.bestEpoch() <= 10) {
      assertThat(result.parameters()).usingRecursiveComparison().isEqualTo(same.parameters());
    } else {
      assertThat(result.best().validationLoss()).isLessThan(same.best().validationLoss());
    }
  }

  @Test
  void interruptingTheFirstStepStillGivesMeasuredWeights() {
    FitListener atOnce =
        new FitListener() {
          @Override
          public boolean stopRequested() {
            return true;
          }
        };
    FitResult result = run(Toys.rows(256, 9, 1), Toys.settings(32, 9, 0.2, 1, 1), atOnce);
    assertThat(result.ending()).isEqualTo(Ending.INTERRUPTED);
    assertThat(result.bestEpoch()).isEqualTo(1);
    assertThat(result.best().validationLoss()).isFinite();
  }

  @Test
  void stopsEarlyWhenTheLossNoLongerFalls() {
    FitSettings settings =
        new FitSettings(
            Adam.keras(1e-3), 32, 1000, 0.2, Optional.of(new EarlyStopping(3, 1e9)), 1, 1);
    FitResult result = run(Toys.rows(256, 9, 1), settings, SILENT);
    assertThat(result.ending()).isEqualTo(Ending.STOPPED_EARLY);
    assertThat(result.history()).as("one epoch to compare with, three without a fall").hasSize(4);
    assertThat(result.bestEpoch()).as("smaller falls still count for the weights").isEqualTo(4);
  }

  @Test
  void aDivergingLossSaysWhereAndWhatToDo() {
    FitSettings settings = new FitSettings(Adam.keras(1e30), 32, 10, 0, Optional.empty(), 1, 1);
    assertThatExceptionOfType(FitException.Diverged.class)
        .isThrownBy(() -> run(Toys.rows(256, 9, 1), settings, SILENT))
        .withMessageContaining("in epoch 1, step 2: it must stay finite")
        .withMessageContaining("Lower the learning rate (now 1.0E30)");
  }

  private static FitResult run(TrainingRows rows, FitSettings settings, FitListener listener) {
    return new Fit().run(Toys.vae(9, 20, 3), Toys.MSE, rows, settings, listener);
  }

  private static FitResult deterministic(Fit fit, TrainingRows rows, int threads) {
    return fit.run(
        Toys.vae(33, 70, 5), Toys.MSE, rows, Toys.settings(100, 3, 0.1, 7, threads), SILENT);
  }

  private static void assertSame(FitResult actual, FitResult expected) {
    List<LayerParameters> weights = expected.parameters();
    assertThat(actual.parameters()).usingRecursiveComparison().isEqualTo(weights);
    assertThat(actual.history())
        .usingRecursiveComparison()
        .ignoringFields("seconds")
        .isEqualTo(expected.history());
  }
}
