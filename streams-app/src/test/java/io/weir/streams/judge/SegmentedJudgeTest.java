package io.weir.streams.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.detector.Detector;
import io.weir.schemas.card.ModelCard;
import io.weir.schemas.card.ModelCard.Quantile;
import io.weir.schemas.card.ModelCard.ScoreDistribution;
import io.weir.schemas.card.ModelCard.Window;
import io.weir.schemas.card.ScoreSegments;
import io.weir.schemas.card.ScoreSegments.Segment;
import io.weir.schemas.card.ThresholdPolicy;
import io.weir.streams.fixture.TinyModel;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Payments by merchant: fuel has ten times the scores of all, travel is thin.
class SegmentedJudgeTest {
  private static final int FEATURES = TinyModel.FEATURES.size();
  private static final int MERCHANT = 3;
  private static final int FUEL = 1;
  private static ModelCard card;

  @BeforeAll
  static void open() throws Exception {
    try (Detector detector = Detector.open(TinyModel.bytes(), "test")) {
      card = detector.card();
    }
  }

  private static ModelCard segmented(ModelCard of, Window window, Segment... segments) {
    return new ModelCard(
        of.cardVersion(),
        of.name(),
        of.version(),
        of.created(),
        of.weirVersion(),
        of.features(),
        of.preprocessing(),
        of.architecture(),
        of.training(),
        of.history(),
        of.data(),
        of.scoring(),
        of.scores(),
        of.thresholds(),
        of.golden(),
        window,
        new ScoreSegments("merchant", 1_000, List.of(segments)),
        1e6,
        null);
  }

  private static Segment segment(String value, long rows, double factor) {
    return new Segment(
        value,
        new ScoreDistribution(
            rows,
            5,
            5,
            card.scores().quantiles().stream()
                .map(q -> new Quantile(q.p(), factor * q.score()))
                .toList()));
  }

  private static float[] rows(float... merchants) {
    float[] rows = new float[merchants.length * FEATURES];
    for (int i = 0; i < merchants.length; i++) {
      rows[i * FEATURES + MERCHANT] = merchants[i];
    }
    return rows;
  }

  private static Judge judge(String policy) throws Exception {
    return Judge.of(
        ThresholdPolicy.parse(policy), segmented(card, null, segment("fuel", 100_000, 10)));
  }

  @Test
  void anEventIsOfTheSegmentThatItsValueNames() throws Exception {
    Judge judge = judge("quantile:0.999");
    float[] rows = rows(FUEL, 0, 2, 3, Float.NaN, FUEL);
    int[] segments = new int[6];
    for (int row = 0; row < 6; row++) {
      segments[row] = judge.segment(rows, row * FEATURES);
    }
    // Grocery and travel have no segment of their own; 3 is any other word.
    assertThat(segments).containsExactly(1, 0, 0, 0, 0, 1);
    assertThat(judge.segmentName(1)).isEqualTo("fuel");
    assertThat(judge.segmentName(Judge.ALL)).isNull();
  }

  @Test
  void thresholdRarityAndSeverityAreThoseOfTheSegment() throws Exception {
    Judge judge = judge("quantile:0.999");
    assertThat(judge.threshold(Judge.ALL).value()).isCloseTo(3, within(1e-9));
    assertThat(judge.threshold(1).value()).isCloseTo(30, within(1e-9));
    assertThat(judge.isAnomalous(Judge.ALL, 29)).isTrue();
    assertThat(judge.isAnomalous(1, 29)).isFalse();
    assertThat(judge.rarity(1, 30)).isCloseTo(1_000, within(1e-6));
    assertThat(judge.severity(1, 29)).isEqualTo(Severity.LOW);
    assertThat(judge.severity(Judge.ALL, 29)).isEqualTo(Severity.CRITICAL);
  }

  @Test
  void theCardsPolicyIsAppliedToEachSegment() throws Exception {
    // quantile:0.9995 on the card.
    Judge judge = judge("card");
    assertThat(judge.threshold(Judge.ALL)).isEqualTo(card.thresholds().getFirst());
    assertThat(judge.threshold(1).policy()).isEqualTo("quantile:0.9995");
    assertThat(judge.rarity(1, (float) judge.threshold(1).value())).isCloseTo(2_000, within(1e-3));
  }

  @Test
  void aValueIsForAll() throws Exception {
    Judge judge = judge("value:7");
    assertThat(judge.threshold(1).value()).isEqualTo(7);
    assertThat(judge.rarity(1, 30)).isCloseTo(1_000, within(1e-6));
  }

  @Test
  void aBudgetIsTheSameShareOfEachSegment() throws Exception {
    Judge judge = judge("budget:1000/day");
    assertThat(judge.threshold(Judge.ALL).value()).isCloseTo(3, within(1e-9));
    assertThat(judge.threshold(1).value()).isCloseTo(30, within(1e-9));
    Judge busier =
        Judge.of(
            ThresholdPolicy.parse("budget:1000/day"),
            segmented(card, null, segment("fuel", 100_000, 10)),
            OptionalDouble.of(1e7));
    assertThat(busier.threshold(1).value()).isCloseTo(50, within(1e-9));
  }

  @Test
  void whereThePolicyAsksTooMuchOfASegmentItIsJudgedAsAllAre() throws Exception {
    Judge judge =
        Judge.of(
            ThresholdPolicy.parse("quantile:0.9999"),
            segmented(card, null, segment("fuel", 2_000, 10)));
    assertThat(judge.segment(rows(FUEL), 0)).isEqualTo(Judge.ALL);
    assertThat(judge.notes())
        .singleElement()
        .asString()
        .contains("merchant fuel: judged as all events are", "2000 rows");
  }

  @Test
  void aWindowIsOfTheSegmentOfItsNewestEvent() throws Exception {
    Judge judge =
        Judge.of(
            ThresholdPolicy.parse("quantile:0.999"),
            segmented(card, new Window(3, null, true, null, null), segment("fuel", 100_000, 10)));
    float[] rows = rows(0, 0, FUEL, FUEL, FUEL, 0);
    assertThat(judge.segment(rows, 0)).isEqualTo(1);
    assertThat(judge.segment(rows, 3 * FEATURES)).isEqualTo(Judge.ALL);
  }

  @Test
  void withoutAUsableTailTheJudgeSaysWhereItsThresholdComesFrom() throws Exception {
    Judge judge = Judge.of(ThresholdPolicy.parse("tail:1e-3"), card);
    assertThat(judge.threshold(Judge.ALL).value()).isCloseTo(3, within(1e-9));
    assertThat(judge.notes()).singleElement().asString().contains("tail:0.001", "200000");
  }
}
