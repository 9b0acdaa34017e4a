package io.weir.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CountTest {
  @Test
  void readsWholeNumbers() {
    assertThat(Count.of("EVENTS", "8000000")).isEqualTo(8_000_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "0", "-3", "1.5", "", "99999999999"})
  void refusesAnythingElseByNameValueAndRule(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Count.of("EVENTS", text))
        .withMessageStartingWith("EVENTS \"" + text + "\": must be a whole number from 1 on");
  }
}
