package io.weir.trainer.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.trainer.config.NetworkKind;
import io.weir.trainer.config.Preset;
import io.weir.trainer.config.Variant;
import io.weir.trainer.grid.FoldScore.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SummaryTest {
  private static final Variant VAE = new Variant(Preset.DYNAMIC_VAE, NetworkKind.VAE, 2, "5", 1.5);

  @Test
  void meanAndSampleStandardDeviationAreOverTheFolds() {
    Summary summary = Summary.of(VAE, List.of(score(1, 4, 40), score(2, 1, 44), score(3, 4, 48)));
    assertThat(summary.folds()).isEqualTo(3);
    assertThat(summary.validation().get(Metric.LOSS).mean()).isEqualTo(3);
    assertThat(summary.validation().get(Metric.LOSS).deviation())
        .isCloseTo(Math.sqrt(3), within(1e-15));
    assertThat(summary.test().get(Metric.LOSS)).isEqualTo(new Spread(44, 4));
  }

  @Test
  void theBestFoldIsTheOneOfTheLowestValidationLossWhateverTheTestRowsSay() {
    Summary summary = Summary.of(VAE, List.of(score(1, 4, 40), score(2, 1, 44), score(3, 4, 39)));
    assertThat(summary.bestFold()).isEqualTo(2);
  }

  @Test
  void oneFoldHasNoDeviation() {
    Spread spread = Summary.of(VAE, List.of(score(1, 4, 40))).validation().get(Metric.LOSS);
    assertThat(spread.mean()).isEqualTo(4);
    assertThat(spread.deviation()).isNaN();
  }

  @Test
  void divergedFoldsAreCountedAndLeftOut() {
    Summary summary = Summary.of(VAE, List.of(FoldScore.diverged(1, 9), score(2, 7, 8)));
    assertThat(summary.diverged()).isEqualTo(1);
    assertThat(summary.folds()).isEqualTo(1);
    assertThat(summary.bestFold()).isEqualTo(2);
    assertThat(summary.validation().get(Metric.LOSS).mean()).isEqualTo(7);
  }

  @Test
  void whereAllDivergedThereIsNeitherABestFoldNorAMean() {
    Summary summary = Summary.of(VAE, List.of(FoldScore.diverged(1, 9)));
    assertThat(summary.bestFold()).isZero();
    assertThat(summary.validation()).isEmpty();
  }

  @Test
  void linesOfTheCsvHaveAFieldForEveryColumn() {
    String csv = SummaryCsv.of(List.of(Summary.of(VAE, List.of(score(1, 4, 40)))));
    List<String> lines = csv.lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(1)).startsWith("dynamic-vae,vae,2,5,1.5,9,1,0,1,4.0,,");
    assertThat(lines.get(1).split(",", -1)).hasSameSizeAs(lines.get(0).split(",", -1));
    assertThat(lines.get(0))
        .contains("validation_loss_mean,validation_loss_std")
        .endsWith("test_bce_mean,test_bce_std");
  }

  private static FoldScore score(int fold, double validation, double test) {
    return new FoldScore(
        fold,
        Outcome.COMPLETED,
        9,
        3,
        1,
        Map.of(Metric.LOSS, validation),
        Map.of(Metric.LOSS, test));
  }
}
