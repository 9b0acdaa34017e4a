package io.weir.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class NeedsEngineTest {
  private static final BooleanSupplier UNASKED =
      () -> {
        throw new AssertionError("the engine was asked");
      };

  @Test
  void withoutAnEngineTestsAreSkippedWithAReason() {
    var result = NeedsEngine.Condition.decide("", () -> false);
    assertThat(result.isDisabled()).isTrue();
    assertThat(result.getReason().orElseThrow()).contains("no container engine answers");
  }

  @Test
  void withAnEngineTheyRun() {
    assertThat(NeedsEngine.Condition.decide("", () -> true).isDisabled()).isFalse();
    assertThat(NeedsEngine.Condition.decide("required", () -> true).isDisabled()).isFalse();
  }

  @Test
  void aRequiredEngineThatIsMissingFails() {
    assertThatThrownBy(() -> NeedsEngine.Condition.decide("required", () -> false))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("no container engine answers");
  }

  @Test
  void neverDoesNotEvenAsk() {
    assertThat(NeedsEngine.Condition.decide("never", UNASKED).isDisabled()).isTrue();
  }

  @Test
  void aTypingErrorFails() {
    assertThatThrownBy(() -> NeedsEngine.Condition.decide("requird", UNASKED))
        .hasMessageContaining("requird");
  }
}
