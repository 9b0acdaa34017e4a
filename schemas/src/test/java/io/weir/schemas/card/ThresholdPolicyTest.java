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
  }

  @Test
  void aPolicyReadsBackFromItsText() {
    for (String text : new String[] {"card", "value:12.5", "quantile:0.999"}) {
      assertThat(ThresholdPolicy.parse(text)).hasToString(text);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "12", "value:", "value:x", "value:NaN", "quantile:0", "quantile:1", "tail"})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> ThresholdPolicy.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("(?s).*(value:X|quantile:P).*");
  }
}
