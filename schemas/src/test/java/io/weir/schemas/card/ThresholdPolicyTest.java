package io.weir.schemas.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThresholdPolicyTest {
  @Test
  void eachFormIsRead() {
    assertThat(ThresholdPolicy.parse("card")).isEqualTo(new ThresholdPolicy.FromCard());
    assertThat(ThresholdPolicy.parse("value:1e-3")).isEqualTo(new ThresholdPolicy.Value(0.001));
    assertThat(ThresholdPolicy.parse(" quantile:0.999 "))
        .isEqualTo(new ThresholdPolicy.Quantile(0.999));
    assertThat(ThresholdPolicy.parse("tail:1e-4")).isEqualTo(new ThresholdPolicy.Tail(0.0001));
    assertThat(ThresholdPolicy.parse("budget:20/day")).isEqualTo(new ThresholdPolicy.Budget(20));
  }

  @Test
  void theCardsOwnPolicyHoldsForAPartOfTheEvents() {
    ThresholdPolicy card = new ThresholdPolicy.FromCard();
    assertThat(card.within(new ModelCard.Threshold("tail:0.0001", 7)))
        .isEqualTo(new ThresholdPolicy.Tail(0.0001));
    assertThat(card.within(new ModelCard.Threshold("of a newer version", 7)))
        .isEqualTo(new ThresholdPolicy.Value(7));
    assertThat(new ThresholdPolicy.Value(3).within(new ModelCard.Threshold("tail:0.0001", 7)))
        .isEqualTo(new ThresholdPolicy.Value(3));
  }

  @Test
  void aPolicyReadsBackFromItsText() {
    for (String text :
        new String[] {
          "card",
          "value:12.5",
          "quantile:0.999",
          "tail:0.0001",
          "tail:1E-7",
          "budget:20/day",
          "budget:0.5/day",
          "budget:100000/day"
        }) {
      assertThat(ThresholdPolicy.parse(text)).hasToString(text);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "12",
        "value:",
        "value:x",
        "value:NaN",
        "quantile:0",
        "quantile:1",
        "tail",
        "tail:0",
        "tail:1",
        "tail:x",
        "budget:20",
        "budget:/day",
        "budget:0/day",
        "budget:20/week",
        "budget:1e999/day"
      })
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> ThresholdPolicy.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("(?s).*(value:X|quantile:P|tail:P|budget:N/day).*");
  }
}
