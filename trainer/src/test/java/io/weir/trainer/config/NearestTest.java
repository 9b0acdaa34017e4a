package io.weir.trainer.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  private static final List<String> KNOWN = List.of("epochs", "latent", "learning-rate", "beta");

  @Test
  void asksWhetherTheNearestWasMeant() {
    assertThat(Nearest.hint("epoch", KNOWN)).isEqualTo(": did you mean \"epochs\"?");
  }

  @Test
  void suggestsNothingWhenNothingIsNear() {
    assertThat(Nearest.hint("throughput", KNOWN)).isEqualTo(".");
  }
}
