package io.weir.trainer.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.weir.trainer.engine.layer.Activation;
import io.weir.trainer.engine.network.NetworkSpec;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.loss.Reconstruction;
import io.weir.trainer.fit.loss.Reduction;
import io.weir.trainer.fit.optimizer.Optimizer.Adam;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Trainings whose rows are divided by the caller, and what such a caller measures afterwards.
class GivenSplitTest {
  private static final FitListener SILENT = new FitListener() {};
  private static final int ROWS = 120;
  private static final Split SPLIT =
      new Split(IntStream.range(0, 90).toArray(), IntStream.range(90, ROWS).toArray());

  @Test
  void onlyTheRowsOfTheTrainingPartAreLearnedFrom() {
    TrainingRows rows = Toys.rows(ROWS, 9, 1);
    FitResult result = run(rows, settings(Criterion.LOSS, 3));
    float[] changed = rows.inputs().clone();
    changed[100 * 9] += 0.3f;
    FitResult other = run(new TrainingRows(changed, ROWS, 9), settings(Criterion.LAST, 3));

    assertThat(result.validationRows()).isEqualTo(SPLIT.validation());
    assertThat(last(other).reconstructionLoss()).isEqualTo(last(result).reconstructionLoss());
    assertThat(last(other).validationReconstructionLoss())
        .isNotEqualTo(last(result).validationReconstructionLoss());
  }

  @Test
  void theLastEpochsWeightsAreKeptWhereThatIsAsked() {
    FitSettings diverging =
        new FitSettings(Adam.keras(0.3), 32, 12, 0, Optional.empty(), Criterion.LAST, false, 3, 1);
    FitResult result = run(Toys.rows(ROWS, 9, 1), diverging);

    assertThat(result.bestEpoch()).isEqualTo(12);
    assertThat(result.history())
        .as("else any criterion would keep them")
        .anySatisfy(e -> assertThat(e.validationLoss()).isLessThan(last(result).validationLoss()));
  }

  @Test
  void measuringTheHeldOutRowsAgainGivesWhatTheEpochMeasured() {
    TrainingRows rows = Toys.rows(ROWS, 9, 1);
    FitSettings settings = settings(Criterion.LAST, 4);
    FitResult result = run(rows, settings);
    MeasuredLoss again =
        new Fit()
            .measure(
                result.parameters(),
                Toys.vae(9, 20, 3),
                Toys.MSE,
                rows,
                SPLIT.validation(),
                settings);

    assertThat(again)
        .isEqualTo(
            new MeasuredLoss(
                last(result).validationLoss(),
                last(result).validationReconstructionLoss(),
                last(result).validationKlDivergence()));
  }

  @Test
  void heldOutRowsMayLeaveTheIntervalOfCrossEntropyAndOthersMayNot() {
    Objective bce = new Objective(Reconstruction.BCE, Reduction.MEAN, 0, Reduction.MEAN);
    NetworkSpec network =
        new NetworkSpec.Autoencoder(
            List.of(Toys.dense(9, 2, new Activation.Linear())),
            List.of(Toys.dense(2, 9, new Activation.Sigmoid())));
    TrainingRows rows = Toys.rows(ROWS, 9, 1);
    rows.inputs()[100 * 9] = 1.25f;
    FitSettings settings = settings(Criterion.LAST, 1);
    Split swapped = new Split(SPLIT.validation(), SPLIT.training());

    assertThatCode(() -> new Fit().run(network, bce, rows, SPLIT, settings, SILENT))
        .doesNotThrowAnyException();
    assertThatExceptionOfType(FitException.Unsuitable.class)
        .isThrownBy(() -> new Fit().run(network, bce, rows, swapped, settings, SILENT))
        .withMessageContaining("Row 100, column 0 is 1.25");
  }

  private static FitResult run(TrainingRows rows, FitSettings settings) {
    return new Fit().run(Toys.vae(9, 20, 3), Toys.MSE, rows, SPLIT, settings, SILENT);
  }

  private static FitSettings settings(Criterion criterion, int epochs) {
    return new FitSettings(
        Adam.keras(5e-3), 32, epochs, 0, Optional.empty(), criterion, false, 3, 1);
  }

  private static EpochLoss last(FitResult result) {
    return result.history().getLast();
  }
}
