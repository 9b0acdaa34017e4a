package io.weir.streams.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.weir.detector.Detector;
import io.weir.schemas.card.ModelCard;
import io.weir.schemas.card.ThresholdPolicy;
import io.weir.schemas.card.UnresolvableThresholdException;
import io.weir.streams.fixture.TinyModel;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JudgeTest {
  private static ModelCard card;

  @BeforeAll
  static void open() throws Exception {
    try (Detector detector = Detector.open(TinyModel.bytes(), "test")) {
      card = detector.card();
    }
  }

  @Test
  void onlyAScoreAboveTheThresholdIsAnomalous() throws Exception {
    Judge judge = Judge.of(new ThresholdPolicy.Value(2), card);
    assertThat(judge.isAnomalous(Judge.ALL, 2)).isFalse();
    assertThat(judge.isAnomalous(Judge.ALL, Math.nextUp(2f))).isTrue();
    assertThat(judge.isAnomalous(Judge.ALL, Float.POSITIVE_INFINITY)).isTrue();
  }

  @Test
  void theCardsFirstThresholdIsTheDefault() throws Exception {
    Judge judge = Judge.of(new ThresholdPolicy.FromCard(), card);
    assertThat(judge.threshold(Judge.ALL)).isEqualTo(card.thresholds().getFirst());
  }

  @ParameterizedTest
  @CsvSource({"0.9, 1", "0.999, 3", "0.9999, 5"})
  void aQuantileOfTheCardIsItsScore(double p, double score) throws Exception {
    Judge judge = Judge.of(new ThresholdPolicy.Quantile(p), card);
    assertThat(judge.threshold(Judge.ALL).value()).isCloseTo(score, within(1e-9));
    assertThat(judge.threshold(Judge.ALL).policy()).isEqualTo("quantile:" + p);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 0.5, 0.95, 0.99, 0.9995, 0.99995, 0.999995})
  void betweenQuantilesTheThresholdHasTheRarityThatWasAskedFor(double p) throws Exception {
    Judge judge = Judge.of(new ThresholdPolicy.Quantile(p), card);
    double rarity = card.scores().rarity(judge.threshold(Judge.ALL).value());
    assertThat(rarity).isCloseTo(1 / (1 - p), within(1e-6 / (1 - p)));
  }

  @Test
  void aQuantileBeyondTheValidationRowsIsRefused() {
    assertThatThrownBy(() -> Judge.of(new ThresholdPolicy.Quantile(0.999999), card))
        .isInstanceOf(UnresolvableThresholdException.class)
        .hasMessageContaining("one event in 1000000")
        .hasMessageContaining("200000 rows");
  }

  @Test
  void aCardWithoutWhatThePolicyNeedsIsRefusedWithACure() {
    ModelCard bare =
        new ModelCard(
            1,
            "bare",
            "1",
            "",
            "",
            card.features(),
            card.preprocessing(),
            card.architecture(),
            card.training(),
            null,
            List.of(),
            card.scoring(),
            null,
            List.of(),
            card.golden());
    assertThatThrownBy(() -> Judge.of(new ThresholdPolicy.FromCard(), bare))
        .hasMessageContaining("value:X");
    assertThatThrownBy(() -> Judge.of(new ThresholdPolicy.Quantile(0.9), bare))
        .hasMessageContaining("value:X");
  }

  @ParameterizedTest
  @CsvSource({
    "1, LOW",
    "999, LOW",
    "1000, MEDIUM",
    "9999, MEDIUM",
    "10000, HIGH",
    "100000, CRITICAL"
  })
  void severityFollowsRarity(double rarity, Severity severity) {
    assertThat(Severity.of(rarity)).isEqualTo(severity);
  }
}
