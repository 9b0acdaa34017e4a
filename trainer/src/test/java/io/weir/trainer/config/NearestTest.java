package io.weir.trainer.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  private static final List<String> KNOWN = List.of("epochs", "latent", "learning-rate", "beta");

  @ParameterizedTest
  @CsvSource({
    "epoch, epochs",
    "EPOCHS, epochs",
    "peochs, epochs",
    "learningrate, learning-rate",
    "leraning-rate, learning-rate",
    "beat, beta"
  })
  void forgivesSlips(String word, String meant) {
    assertThat(Nearest.of(word, KNOWN)).contains(meant);
  }

  @Test
  void suggestsNothingWhenNothingIsNear() {
    assertThat(Nearest.of("throughput", KNOWN)).isEmpty();
    assertThat(Nearest.hint("throughput", KNOWN)).isEqualTo(".");
    assertThat(Nearest.of("x", List.of())).isEmpty();
  }
}
