package io.weir.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNamesTest {
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
  void forgivesSlips(String wanted, String meant) {
    assertThat(NearestNames.of(wanted, KNOWN)).contains(meant);
  }

  @Test
  void namesNothingWhenNothingIsNear() {
    assertThat(NearestNames.of("throughput", KNOWN)).isEmpty();
    assertThat(NearestNames.of("x", List.of())).isEmpty();
  }

  @Test
  void ranksByDistanceThenAlphabet() {
    assertThat(NearestNames.ranked("Amuont", List.of("note", "amount", "count", "AMOUNTS")))
        .containsExactly("amount", "AMOUNTS", "count", "note");
  }
}
