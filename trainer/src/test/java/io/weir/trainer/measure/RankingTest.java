package io.weir.trainer.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.weir.trainer.data.ask.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RankingTest {
  @ParameterizedTest
  @MethodSource("io.weir.trainer.measure.GoldenMeasures#read")
  void measuresAreThoseOfScikitLearn(GoldenMeasures golden) {
    Ranking ranking = Ranking.of(golden.floats(), golden.bytes());
    assertThat(ranking.auroc()).isCloseTo(golden.auroc(), within(1e-12));
    assertThat(ranking.averagePrecision()).isCloseTo(golden.averagePrecision(), within(1e-12));
    assertThat(ranking.bestF1().f1()).isCloseTo(golden.bestF1(), within(1e-12));
  }

  @ParameterizedTest
  @MethodSource("io.weir.trainer.measure.GoldenMeasures#read")
  void theBestThresholdDetectsWhatItSays(GoldenMeasures golden) {
    Ranking ranking = Ranking.of(golden.floats(), golden.bytes());
    Detection best = ranking.bestF1();
    assertThat(ranking.at(best.threshold())).isEqualTo(best);
    int flagged = 0;
    int hits = 0;
    for (int row = 0; row < golden.floats().length; row++) {
      if (golden.floats()[row] > best.threshold()) {
        flagged++;
        hits += golden.bytes()[row];
      }
    }
    assertThat(best.truePositives()).isEqualTo(hits);
    assertThat(best.falsePositives()).isEqualTo(flagged - hits);
  }

  @Test
  void aThresholdFlagsTheScoresAboveIt() {
    Ranking ranking = Ranking.of(new float[] {1, 2, 2, 3}, new byte[] {0, 0, 1, 1});
    assertThat(ranking.at(2)).isEqualTo(new Detection(2, 1, 0, 1, 2));
    assertThat(ranking.at(1.9)).isEqualTo(new Detection(1.9, 2, 1, 0, 1));
    assertThat(ranking.at(3)).isEqualTo(new Detection(3, 0, 0, 2, 2));
    assertThat(ranking.at(3).precision()).isZero();
    assertThat(ranking.at(-1)).isEqualTo(new Detection(-1, 2, 2, 0, 0));
    assertThat(ranking.at(1.9).precision()).isEqualTo(2 / 3.0);
    assertThat(ranking.at(2).recall()).isEqualTo(0.5);
  }

  @Test
  void theBestThresholdStandsHalfwayToTheNextScore() {
    assertThat(Ranking.of(new float[] {1, 2, 5}, new byte[] {0, 0, 1}).bestF1().threshold())
        .isEqualTo(3.5);
    assertThat(
            Ranking.of(new float[] {1, Float.POSITIVE_INFINITY}, new byte[] {0, 1})
                .bestF1()
                .threshold())
        .isEqualTo(1);
  }

  @Test
  void infiniteScoresRankAboveAllOthers() {
    float[] scores = {Float.POSITIVE_INFINITY, Float.MAX_VALUE, Float.NEGATIVE_INFINITY};
    assertThat(Ranking.of(scores, new byte[] {1, 0, 0}).auroc()).isEqualTo(1);
  }

  @Test
  void rowsOfOneLabelCannotBeMeasured() {
    assertThatThrownBy(() -> Ranking.of(new float[] {1, 2}, new byte[] {0, 0}))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "All 2 rows are labelled normal: measuring takes rows of both labels."
                + " Choose other rows or another label column.");
    assertThatThrownBy(() -> Ranking.of(new float[] {1, 2}, new byte[] {1, 1}))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("All 2 rows are labelled anomalous");
  }

  @Test
  void aScoreThatIsNoNumberIsAProgrammersMistake() {
    assertThatThrownBy(() -> Ranking.of(new float[] {1, Float.NaN}, new byte[] {0, 1}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
