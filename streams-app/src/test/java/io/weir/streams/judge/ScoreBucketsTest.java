package io.weir.streams.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.detector.Detector;
import io.weir.schemas.card.ModelCard;
import io.weir.schemas.card.ThresholdPolicy;
import io.weir.streams.fixture.TinyModel;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreBucketsTest {
  private static ModelCard card;

  @BeforeAll
  static void open(@TempDir Path directory) throws Exception {
    try (Detector detector = Detector.open(TinyModel.write(directory))) {
      card = detector.card();
    }
  }

  @Test
  void theThresholdIsABoundSoThatAlertsAreCountedExactly() throws Exception {
    for (String policy : new String[] {"card", "value:0.123456789", "quantile:0.99"}) {
      Judge judge = Judge.of(ThresholdPolicy.parse(policy), card);
      double[] bounds = ScoreBuckets.of(judge, card).bounds();
      assertThat(bounds)
          .as(policy)
          .contains(judge.threshold(Judge.ALL).value())
          .hasSizeBetween(12, 34);
      assertThat(bounds[bounds.length - 1] / judge.threshold(Judge.ALL).value())
          .isBetween(63.0, 65.0);
    }
  }

  @Test
  void everyThresholdGivesBuckets() throws Exception {
    for (double threshold : new double[] {0, -3, 1e-30, 1e30, Float.MAX_VALUE}) {
      Judge judge = Judge.of(new ThresholdPolicy.Value(threshold), card);
      double[] bounds = ScoreBuckets.of(judge, card).bounds();
      assertThat(bounds).as("threshold " + threshold).contains(threshold).isSorted();
      assertThat(bounds.length).isBetween(10, 34);
    }
  }
}
