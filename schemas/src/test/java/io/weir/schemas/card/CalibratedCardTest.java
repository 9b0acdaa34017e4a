package io.weir.schemas.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.schemas.card.ModelCard.ScoreDistribution;
import io.weir.schemas.card.ScoreSegments.Segment;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The parts of a card that calibrate its scores.
class CalibratedCardTest {
  private static final ScoreTail TAIL =
      new ScoreTail(1.5, 50, 0.1, 0.5, "maximum_likelihood", 0.6, null);

  private static ScoreDistribution scores(ScoreTail tail) {
    ScoreDistribution rows = Cards.scores();
    return new ScoreDistribution(
        rows.count(), rows.mean(), rows.standardDeviation(), rows.quantiles(), tail);
  }

  private static ModelCard card(ScoreTail tail, ScoreSegments segments, Double eventsPerDay) {
    ModelCard card = Cards.card();
    return new ModelCard(
        card.cardVersion(),
        card.name(),
        card.version(),
        card.created(),
        card.weirVersion(),
        card.features(),
        card.preprocessing(),
        card.architecture(),
        card.training(),
        card.history(),
        card.data(),
        card.scoring(),
        scores(tail),
        card.thresholds(),
        card.golden(),
        null,
        segments,
        eventsPerDay,
        null);
  }

  private static ScoreSegments segments(String by, String... values) {
    return new ScoreSegments(
        by, 1_000, Arrays.stream(values).map(v -> new Segment(v, scores(TAIL))).toList());
  }

  @Test
  void theyComeBackFromJson() throws InvalidCardException {
    ModelCard card = card(TAIL, segments("country", "AT"), 1_440.5);
    assertThat(ModelCards.fromJson(ModelCards.toJson(card))).isEqualTo(card);
    ModelCard flags = card(null, segments("virtual", "false", "true"), null);
    assertThat(ModelCards.fromJson(ModelCards.toJson(flags))).isEqualTo(flags);
  }

  @Test
  void aCardWithoutThemIsRead() throws InvalidCardException {
    ModelCard card = ModelCards.fromJson(ModelCards.toJson(Cards.card()));
    assertThat(card.scores().tail()).isNull();
    assertThat(card.segments()).isNull();
    assertThat(card.eventsPerDay()).isNull();
  }

  @Test
  void aRefusedTailMayBeEmpty() throws InvalidCardException {
    ModelCard card = card(new ScoreTail(4, 0, 0, 0, "none", 0, "too few rows"), null, null);
    assertThat(ModelCards.fromJson(ModelCards.toJson(card)).scores().tail().usable()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "NaN, 0.5, 50, shape",
    "0.1, 0, 50, scale",
    "0.1, 0.5, 0, excesses",
    "0, 1, 1000, excesses"
  })
  void aUsableTailIsADistribution(double shape, double scale, long excesses, String problem) {
    ScoreTail broken = new ScoreTail(1.5, excesses, shape, scale, "maximum_likelihood", 0.6, null);
    assertThatThrownBy(() -> ModelCards.toJson(card(broken, null, null)))
        .hasMessageContaining("scores.tail." + problem);
  }

  @Test
  void segmentsAreOfACategoryOrFlagAndItsValues() {
    assertThatThrownBy(() -> ModelCards.toJson(card(TAIL, segments("amount"), null)))
        .hasMessageContaining("segments.by: 'amount' is no category and no flag");
    assertThatThrownBy(() -> ModelCards.toJson(card(TAIL, segments("nowhere"), null)))
        .hasMessageContaining("'nowhere'");
    assertThatThrownBy(() -> ModelCards.toJson(card(TAIL, segments("country", "FR"), null)))
        .hasMessageContaining("segments of 'FR': is no value of 'country'");
    assertThatThrownBy(() -> ModelCards.toJson(card(TAIL, segments("country", "AT", "AT"), null)))
        .hasMessageContaining("there twice");
  }

  @Test
  void eventsComeInSomeNumberADay() {
    for (double broken : List.of(0.0, -1.0, Double.NaN)) {
      assertThatThrownBy(() -> ModelCards.toJson(card(TAIL, null, broken)))
          .hasMessageContaining("eventsPerDay: is " + broken);
    }
  }
}
